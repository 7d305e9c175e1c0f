// Keeps the drawing in the draft a moment after each change, and hands on what the checker says of it. Two windows never
// overwrite each other: what was drawn in the second stays on its page, and its reader is told who was first.
import { button } from './boxes.js';

const PAUSE = 1200; // milliseconds after the last change

export function saving(modeler, { form, words, told }) {
  let [changed, timer, busy, refused] = [0, null, null, false];

  modeler.on('commandStack.changed', () => {
    changed += 1;
    if (refused) return;
    say('Not saved yet');
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  // A way from the drawing to another page waits until everything is kept.
  document.addEventListener('click', async (event) => {
    const way = event.target.closest?.('a[data-after-saving]');
    if (!way || !changed || refused) return;
    event.preventDefault();
    await save();
    if (changed && !refused) await save(); // what was drawn while the first was on its way
    if (!changed) window.location.assign(way.href);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden && changed && !refused) save(); });

  function save() {
    clearTimeout(timer);
    busy ??= send(changed).finally(() => {
      busy = null;
      if (changed && !refused) timer = setTimeout(save, PAUSE);
    });
    return busy;
  }

  async function send(upTo) {
    say('Saving …');
    try {
      const { xml } = await modeler.saveXML({ format: true });
      const body = new FormData(form);
      body.set('text', xml);
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'error' });
      const said = await answer.json();
      if (!answer.ok) {
        refused = true;
        return say(said.sentence, true, said.opens);
      }
      form.elements.version.value = said.version;
      if (changed === upTo) changed = 0;
      told(said.problems);
      return say(`Saved at ${said.at}`);
    } catch {
      return say('Not saved: the server cannot be reached. What you drew is on this page, and it will be tried again.', true);
    }
  }

  function say(sentence, loud = false, opens = '') {
    words.replaceChildren(sentence, ...opens ? [' ', button(opens, openAgain, 'app-diagram__button')] : []);
    words.classList.toggle('app-modeller__said--loud', loud);
  }

  function openAgain() {
    changed = 0; // it is told beside the button that this is not kept
    window.location.reload();
  }

  return { save };
}
