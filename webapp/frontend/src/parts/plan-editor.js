// The plan editor, quicker: lines come and go without sending the form, totals follow what is typed.
// Without this the same buttons send the form, and the server answers with the same page.
const COMPLAINTS = '.nhsuk-error-message, .app-line__problems, .app-line__look';

export function planEditor() {
  for (const editor of document.querySelectorAll('[data-editor]')) start(editor);
}

function start(editor) {
  editor.addEventListener('click', (event) => {
    const add = event.target.closest('[data-add]');
    const remove = event.target.closest('[data-remove]');
    if (add && addLine(add)) event.preventDefault();
    if (remove && removeLine(remove)) event.preventDefault();
    if (event.defaultPrevented) {
      editor.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  editor.addEventListener('input', () => showTotals(editor));
  showTotals(editor);
}

// A copy of the kind's last line, emptied. A kind without lines leaves the first one to the server.
function addLine(button) {
  const kind = button.closest('[data-rows]');
  const lines = [...kind.querySelectorAll('[data-row]')];
  const last = lines.at(-1);
  if (!last) return false;
  const number = Math.max(...lines.map(numberOf)) + 1;
  const line = last.cloneNode(true);
  rename(line, kind.dataset.rows, numberOf(last), number);
  for (const box of line.querySelectorAll('input')) box.value = '';
  for (const list of line.querySelectorAll('details select')) list.selectedIndex = 0;
  for (const said of line.querySelectorAll('[data-rests]')) said.textContent = 'nothing said yet';
  for (const complaint of line.querySelectorAll(COMPLAINTS)) complaint.remove();
  line.setAttribute('aria-label', last.getAttribute('aria-label').replace(/\d+$/, lines.length + 1));
  last.after(line);
  line.querySelector('input:not([type=hidden])').focus();
  return true;
}

// The last line of a kind goes through the server, which then asks why the kind does not apply.
function removeLine(button) {
  const line = button.closest('[data-row]');
  const kind = button.closest('[data-rows]');
  if (kind.querySelectorAll('[data-row]').length < 2) return false;
  const next = line.nextElementSibling?.matches('[data-row]') ? line.nextElementSibling : line.previousElementSibling;
  line.remove();
  (next?.matches('[data-row]') ? next.querySelector('[data-remove]') : kind.querySelector('[data-add]')).focus();
  return true;
}

function numberOf(line) {
  return Number(line.querySelector('[name$="-title"]').name.split('-').at(-2));
}

function rename(line, kind, from, to) {
  for (const element of line.querySelectorAll('*')) {
    for (const attribute of ['id', 'name', 'for', 'value', 'aria-describedby']) {
      const said = element.getAttribute(attribute);
      if (said === null) continue;
      if (attribute === 'aria-describedby') element.removeAttribute(attribute);
      else element.setAttribute(attribute, said.replace(`${kind}-${from}`, `${kind}-${to}`));
    }
  }
  for (const box of line.querySelectorAll('.nhsuk-input--error, .nhsuk-form-group--error')) {
    box.classList.remove('nhsuk-input--error', 'nhsuk-form-group--error');
  }
}

function showTotals(editor) {
  let total = 0;
  for (const kind of editor.querySelectorAll('[data-rows]')) {
    const boxes = [...kind.querySelectorAll('[name$="-pas"]')];
    const sum = boxes.reduce((before, box) => before + (Number(box.value.replace(',', '')) || 0), 0);
    kind.querySelector('[data-kind-total]').textContent = figure(sum);
    total += sum;
  }
  editor.querySelector('[data-total]').textContent = figure(total);
  const balance = editor.querySelector('[data-balance]');
  if (balance) showBalance(balance, total, Number(editor.dataset.contracted));
}

function showBalance(balance, total, contracted) {
  const gap = Number((total - contracted).toFixed(3));
  const tag = document.createElement('strong');
  tag.className = `nhsuk-tag nhsuk-tag--${gap === 0 ? 'green' : 'orange'}`;
  tag.textContent = gap === 0 ? 'As contracted' : `${figure(Math.abs(gap))} ${gap > 0 ? 'more' : 'less'} than contracted`;
  balance.replaceChildren(tag);
}

function figure(number) {
  return String(Number(number.toFixed(3)));
}
