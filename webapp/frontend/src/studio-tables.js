// A decision table to draw in, kept in the draft a moment after each change, with what the checker says above it.
//   <section data-table hidden> <form data-table-form> version, csrf_token, [data-table-said] </form>
//     <div data-table-canvas></div> <script type="application/json" data-table-given>{"text", "key"}</script> </section>
// Without this script the list of rules does the same.
import DmnModeler from 'dmn-js/lib/Modeler';
import { coded } from './parts/coded.js';
import { inOurs } from './parts/table-words.js';

const PAUSE = 1200; // milliseconds after the last change

async function begin(section) {
  const given = JSON.parse(section.querySelector('[data-table-given]').textContent);
  const form = section.querySelector('[data-table-form]');
  const [words, list] = [section.querySelector('[data-table-said]'), document.querySelector('[data-table-problems]')];
  let [timer, refused, busy, changed] = [null, false, false, false];
  section.hidden = false;
  const decisionTable = { additionalModules: [{ translate: ['value', inOurs] }] };
  const modeler = new DmnModeler({ container: section.querySelector('[data-table-canvas]'), common: {}, decisionTable });
  await modeler.importXML(given.text);
  const view = modeler.getViews().find(({ type, element }) => type === 'decisionTable' && element.id === given.key);
  await modeler.open(view);
  modeler.getActiveViewer().on('commandStack.changed', () => {
    changed = true;
    if (refused) return;
    words.textContent = 'Not saved yet';
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  // The column of the rules' numbers has a heading without words, which a screen reader cannot say.
  section.querySelector('thead .index-column')?.append(Object.assign(document.createElement('span'), { className: 'nhsuk-u-visually-hidden', textContent: 'Rule' }));
  section.dataset.shown = 'yes';

  async function save() {
    if (busy) { timer = setTimeout(save, PAUSE); return; }
    [busy, changed] = [true, false];
    words.textContent = 'Saving …';
    try {
      const { xml } = await modeler.saveXML({ format: true });
      const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, version: form.elements.version.value, text: xml });
      const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
      const said = await answer.json();
      if (answer.ok) kept(said);
      else refuse(said.sentence);
    } catch (error) {
      changed = true;
      words.textContent = 'Not saved: no connection. It is tried again with the next change.';
      console.error(error);
    } finally {
      busy = false;
    }
  }

  function kept({ version, at, problems }) {
    document.querySelectorAll('input[name=version]').forEach((box) => { box.value = version; });
    words.textContent = `Saved at ${at}. The list above shows it when the page is opened again.`;
    const said = problems.length ? problems.map(({ sentence }) => sentence) : ['The check finds nothing to mend.'];
    list.replaceChildren(...said.map((sentence) => {
      const line = document.createElement('li');
      line.append(...coded(sentence));
      return line;
    }));
  }

  function refuse(sentence) {
    [refused, changed] = [true, true];
    words.textContent = `Not saved. ${sentence}`;
  }
}

for (const section of document.querySelectorAll('[data-table]')) {
  begin(section).catch((error) => {
    section.hidden = true;
    console.error(error);
  });
}
