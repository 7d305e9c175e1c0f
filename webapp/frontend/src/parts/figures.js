// The figures of a plan while somebody types: the server works them out, here they find their places.
const PAUSE = 400;

export function figures(editor) {
  const form = editor.closest('form');
  const part = (name, within = document) => within.querySelector(`[data-figures=${name}]`);
  if (!part('all')) return;
  let [waits, asked] = [0, null];

  const later = () => {
    clearTimeout(waits);
    waits = setTimeout(ask, PAUSE);
  };

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.action}/figures`, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asked.signal, redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch (error) {
      if (error.name !== 'AbortError') document.querySelector('[data-figures-late]').hidden = false;
    }
  }

  function show(answer) {
    for (const name of ['sum', 'all']) take(part(name), part(name, answer));
    for (const { dataset, value } of answer.querySelectorAll('data[data-kind]')) {
      const total = editor.querySelector(`[data-rows="${dataset.kind}"] [data-kind-total]`);
      if (total) total.textContent = value;
    }
    for (const one of answer.querySelectorAll('data[data-line]')) {
      const row = editor.querySelector(`[name="${one.dataset.line}-title"]`)?.closest('[data-row]');
      if (!row) continue; // it was taken out meanwhile
      Object.assign(row.querySelector('[data-worked]'), { textContent: one.textContent }).dataset.worked = one.value;
      row.querySelector('[data-rests]').textContent = one.dataset.shape;
      premium(row, one.dataset.premium);
    }
    for (const one of answer.querySelectorAll('[data-unread]')) {
      const here = document.getElementById(one.id);
      if (!here || here.innerHTML === one.innerHTML || here.parentElement.querySelector('.nhsuk-error-message')) continue;
      here.replaceChildren(...document.importNode(one, true).childNodes);
      here.hidden = one.hidden;
    }
    editor.dispatchEvent(new Event('figures'));
  }

  // What is being sent may end the step: its figures are no longer asked for.
  form.addEventListener('submit', () => {
    clearTimeout(waits);
    asked?.abort();
  });
  editor.addEventListener('input', later);
  editor.addEventListener('change', later);
  document.addEventListener('click', openBox);
}

// A line in premium time says so, and asks why in the open; else that box stands with what else may be said of it.
function premium(row, words) {
  const [place, asked, folded] = [row.querySelector('[data-premium]'), row.querySelector('[name$="-premium"]').closest('.app-cell'), row.querySelector('.app-line__grounds')];
  if (asked.contains(document.activeElement)) return; // moved, it would lose whoever is in it
  place.querySelector('p').textContent = words;
  place.hidden = !words;
  const belongs = words ? place : folded;
  if (asked.parentElement !== belongs) belongs.append(asked);
}

// Take over what is new, and leave open what was open. What has not changed is left alone: it is read out otherwise.
function take(old, fresh) {
  const open = new Set([...old.querySelectorAll('details[open]')].map((one) => one.dataset.keep));
  const closed = new Set([...old.querySelectorAll('details:not([open])')].map((one) => one.dataset.keep));
  for (const one of fresh.querySelectorAll('details')) one.open = open.has(one.dataset.keep) || (one.open && !closed.has(one.dataset.keep));
  if (fresh.innerHTML === old.innerHTML) return;
  const [focused, summaries] = [document.activeElement, (within) => [...within.querySelectorAll('summary, a')]];
  const place = summaries(old).indexOf(focused);
  old.replaceChildren(...document.importNode(fresh, true).childNodes);
  if (place >= 0) summaries(old)[place]?.focus({ preventScroll: true });
}

// A link to a box that is folded away opens it.
function openBox(event) {
  const link = event.target.closest('[data-figures=all] a[href^="#"]');
  const box = link && document.getElementById(link.hash.slice(1));
  if (!box) return;
  event.preventDefault();
  for (let fold = box.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  const at = box.matches('input, select, textarea') ? box : box.querySelector('input:not([type=hidden]), select, textarea, summary, button') ?? box;
  at.focus({ preventScroll: true });
  at.scrollIntoView({ block: 'center' });
}
