// The box in which a new line is named: what it is, of which kind, and when.
import { DAYS, MIDNIGHT, clock } from './lines.js';

const A_SESSION = 4 * 60;

// `made({kind, title, day, start, end, week})` puts the line into the form.
export function adding(template, made) {
  document.body.append(template.content.cloneNode(true));
  const dialog = document.getElementById('timetable-adding');
  const field = (name) => dialog.querySelector(`[data-field=${name}]`);
  dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
  const boxes = [...dialog.querySelectorAll('[data-field]')];
  const confirm = () => { if (boxes.every((box) => box.reportValidity())) dialog.close('add'); };
  dialog.querySelector('[data-confirm]').addEventListener('click', confirm);
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !boxes.includes(event.target)) return;
    event.preventDefault();
    confirm();
  });
  // Once it is closed, for closing gives the focus back to where it was.
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'add') return;
    made(Object.fromEntries(boxes.map((box) => [box.dataset.field, box.value])));
  });

  // Ask; `at` is the empty hour that was pressed, and `taken` the starts of lines later on that day.
  return (at = { day: 0, minute: 9 * 60 }, taken = []) => {
    const free = Math.min(A_SESSION, MIDNIGHT - 1 - at.minute, ...taken.filter((start) => start > at.minute).map((start) => start - at.minute));
    dialog.returnValue = '';
    field('title').value = '';
    field('day').value = DAYS[at.day];
    field('start').value = clock(at.minute);
    field('end').value = clock(at.minute + free);
    dialog.showModal();
    field('title').focus();
  };
}

