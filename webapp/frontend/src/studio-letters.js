// A letter as it is being written: what the checker says of it and how it reads, a moment after each change, and places
// that are put in where the cursor is. Nothing is kept before it is saved.
//   <ul data-letter-problems></ul>  <div data-letter-look></div>  <button data-insert="{to}" hidden>
//   <form data-letter="/address/of/the/check"> csrf_token, <textarea name="text"> </form>
// Without this script the same is said after saving, and places are typed.
const PAUSE = 700; // milliseconds after the last change

function begin(form) {
  const [list, look] = ['problems', 'look'].map((part) => document.querySelector(`[data-letter-${part}]`));
  const box = form.elements.text;
  let [timer, asked] = [null, 0];

  async function check() {
    const now = asked += 1;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, text: box.value });
    const answer = await fetch(form.dataset.letter, { method: 'POST', body, credentials: 'same-origin' });
    if (!answer.ok || now !== asked) return;
    const shown = await answer.json();
    list.innerHTML = shown.list;
    look.innerHTML = shown.look;
    leadToLines();
    follow();
  }

  // The number of a line leads there.
  function leadToLines() {
    for (const said of list.querySelectorAll('[data-at-line]')) {
      const way = Object.assign(document.createElement('button'), {
        type: 'button', className: 'app-link-button', textContent: said.textContent,
      });
      way.addEventListener('click', () => goTo(Number(said.dataset.atLine)));
      said.replaceWith(way);
    }
  }

  function goTo(number) {
    const lines = box.value.split('\n');
    const start = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
    box.blur();
    box.setSelectionRange(start, start);
    box.focus(); // brings the cursor into view
    box.setSelectionRange(start, start + (lines[number - 1] ?? '').length);
    follow();
  }

  // How it reads stands beside what is typed: the paragraph with the cursor is in view.
  function follow() {
    const line = box.value.slice(0, box.selectionStart).split('\n').length;
    const paragraphs = [...look.querySelectorAll('[data-line]')];
    const here = paragraphs.filter((one) => Number(one.dataset.line) <= line).at(-1) ?? paragraphs[0];
    for (const one of paragraphs) one.classList.toggle('app-letter__here', one === here);
    if (here) look.scrollTop = here.offsetTop - look.offsetTop - look.clientHeight / 3;
  }

  function insert(words) {
    box.focus();
    if (document.execCommand('insertText', false, words)) return; // so that it can be undone as what was typed
    box.setRangeText(words, box.selectionStart, box.selectionEnd, 'end');
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => check().catch(console.error), PAUSE);
  });
  for (const event of ['keyup', 'click']) box.addEventListener(event, follow);
  for (const button of document.querySelectorAll('[data-insert]')) {
    button.hidden = box.readOnly;
    button.addEventListener('click', () => insert(button.dataset.insert));
  }
  leadToLines();
}

document.querySelectorAll('[data-letter]').forEach(begin);
