// Keeps a half-filled step while somebody is at it: <form data-autosave="ADDRESS">, with a place for words in it,
// [data-autosaved]. What is kept is what “Save and come back later” keeps. Saved in two windows, neither overwrites the
// other: what was typed stays on the page, and its writer chooses.
const EVERY = 20_000; // milliseconds after the first change that has not been saved
const MOST_ON_LEAVING = 60_000; // characters: browsers let no more than 64 KiB go out of a page that is being left

export function autosave() {
  for (const form of document.querySelectorAll('form[data-autosave]')) start(form);
}

function start(form) {
  const said = form.querySelector('[data-autosaved]');
  const version = form.elements.draft_version;
  let [changed, asked, timer, saving, last] = [0, false, null, null, ''];

  form.addEventListener('input', () => {
    changed += 1;
    if (!asked) timer ??= setTimeout(save, EVERY);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden && changed && !asked) save(); });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    timer = null;
    if (event.defaultPrevented) return;
    if (!saving) {
      if (event.submitter?.value !== 'preview') changed = 0;
      return;
    }
    // The version of the draft is on its way: what is sent with the old one would look like another window's.
    event.preventDefault();
    saving.finally(() => form.requestSubmit(event.submitter));
  });

  function save() {
    clearTimeout(timer);
    timer = null;
    saving ??= send(changed).finally(() => { saving = null; });
    return saving;
  }

  async function send(upTo) {
    const body = new URLSearchParams(new FormData(form));
    const keepalive = document.hidden && String(body).length < MOST_ON_LEAVING;
    try {
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body, keepalive });
      if (answer.status === 409) return ask(await answer.json());
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const kept = await answer.json();
      [version.value, last] = [kept.version, kept.at];
      say(`Saved at ${kept.at}`);
      said.dataset.autosaved = 'kept';
      if (changed !== upTo) timer ??= setTimeout(save, EVERY);
      else {
        changed = 0;
        form.dispatchEvent(new Event('accord:saved'));
      }
    } catch {
      say(`Not saved${last ? ` since ${last}` : ''}. What you typed is on this page only; it will be tried again.`);
      timer ??= setTimeout(save, EVERY);
    }
    return undefined;
  }

  function say(words, ...choices) {
    said.dataset.autosaved = '';
    said.replaceChildren(words, ...choices.flatMap((choice) => [' ', choice]));
  }

  // Another window has saved this step: which of the two counts is for its writer to say.
  function ask({ version: theirs, at, other }) {
    asked = true;
    const mine = Object.assign(document.createElement('button'), {
      type: 'button', className: 'app-link-button', textContent: 'Keep what is on this page',
    });
    mine.addEventListener('click', () => {
      [version.value, asked] = [theirs, false];
      save();
    });
    const open = Object.assign(document.createElement('a'), {
      href: other, target: '_blank', rel: 'noopener', textContent: 'See the other in a new tab',
    });
    say(`Not saved: this step was saved in another window at ${at}. Nothing is overwritten yet.`, mine, open);
  }
}
