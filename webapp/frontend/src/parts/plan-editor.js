// The plan editor, quicker: lines come and go without sending the form. Its figures are the server's: see figures.js.
// Without this the same buttons send the form, and the server answers with the same page.
const COMPLAINTS = '.nhsuk-error-message, .app-line__problems, .app-line__look';

export function planEditor() {
  for (const editor of document.querySelectorAll('[data-editor]')) start(editor);
}

function start(editor) {
  editor.addEventListener('click', (event) => {
    const add = event.target.closest('[data-add]');
    const remove = event.target.closest('[data-remove]');
    if (add) {
      const line = addLine(add.closest('[data-rows]'));
      if (!line) return;
      firstBox(line).focus();
    } else if (!remove || !removeLine(remove.closest('[data-row]'))) return;
    event.preventDefault();
    editor.dispatchEvent(new Event('input', { bubbles: true }));
  });
  // What the server said of a line's times holds no longer once they change.
  editor.addEventListener('input', ({ target }) => {
    if (/-(day|start|end)$/.test(target.name ?? '')) target.closest('[data-row]')?.querySelector('.app-line__look')?.remove();
  });
}

const linesOf = (kind) => [...kind.querySelectorAll('[data-row]')];
const firstBox = (line) => line.querySelector('input:not([type=hidden])') ?? line.querySelector('select');

// A new line of a kind, at its end: the empty one that the page holds for it, else the last one emptied. Null where
// there is neither: then the server has to draw it.
export function addLine(kind) {
  const lines = linesOf(kind);
  const empty = kind.querySelector('template[data-line]')?.content.querySelector('[data-row]');
  const model = empty ?? lines.at(-1);
  if (!model) return null;
  const line = document.importNode(model, true);
  rename(line, kind.dataset.rows, numberOf(model), Math.max(-1, ...lines.map(numberOf)) + 1);
  if (!empty) clear(line);
  line.setAttribute('aria-label', line.getAttribute('aria-label').replace(/\d+$/, lines.length + 1));
  if (lines.length) lines.at(-1).after(line);
  else (kind.querySelector('template[data-line]') ?? kind.lastElementChild).before(line);
  line.closest('details')?.setAttribute('open', ''); // rows of a filled part are folded
  tellWhy(kind);
  return line;
}

function clear(line) {
  for (const box of line.querySelectorAll('input, textarea')) box.value = '';
  for (const list of line.querySelectorAll('details select')) list.selectedIndex = 0;
  for (const said of line.querySelectorAll('[data-rests]')) said.textContent = 'nothing said yet';
  for (const complaint of line.querySelectorAll(COMPLAINTS)) complaint.remove();
}

// Take a line out. The last one of a kind that has no place for a reason goes through the server, which asks for it.
function removeLine(line) {
  const kind = line.closest('[data-rows]');
  if (linesOf(kind).length < 2 && !kind.querySelector('[data-reason]')) return false;
  const next = [line.nextElementSibling, line.previousElementSibling].find((one) => one?.matches('[data-row]'));
  const back = takeOut(line);
  kind.dispatchEvent(new CustomEvent('taken-out', { bubbles: true, detail: back }));
  (next?.querySelector('[data-remove]') ?? kind.querySelector('[data-add]')).focus();
  return true;
}

// Take a line out; what is returned puts it back where it was.
export function takeOut(line) {
  const [kind, around, next] = [line.closest('[data-rows]'), line.parentNode, line.nextElementSibling];
  line.remove();
  tellWhy(kind);
  return () => {
    around.insertBefore(line, next?.parentNode === around ? next : null);
    tellWhy(kind);
  };
}

// Why a kind does not apply is asked where it has no line.
function tellWhy(kind) {
  const reason = kind.querySelector('[data-reason]');
  if (reason) reason.hidden = linesOf(kind).length > 0 && !reason.querySelector('input').value;
}

function numberOf(line) {
  return Number((line.querySelector('[name$="-id"]') ?? line.querySelector('[name]')).name.split('-').at(-2));
}

function rename(line, kind, from, to) {
  for (const element of [line, ...line.querySelectorAll('*')]) {
    for (const attribute of ['id', 'name', 'for', 'value', 'aria-describedby']) {
      const said = element.getAttribute(attribute);
      if (said !== null) element.setAttribute(attribute, said.replaceAll(`${kind}-${from}`, `${kind}-${to}`));
    }
  }
}
