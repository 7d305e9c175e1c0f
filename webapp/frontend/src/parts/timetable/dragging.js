// Dragging with a mouse, a pen or a finger: the body of a line moves it, its lower edge changes its length.
// A finger first chooses a line by touching it: until then it scrolls the page.
import { MIDNIGHT } from './lines.js';
import { STEP } from './drawing.js';

const FAR_ENOUGH = 4;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const stepped = (minutes) => Math.round(minutes / STEP) * STEP;

// `week` knows `drawing`, `pick(line)`, `preview(line, where)` and `move(line, before, where)`.
export function dragging(grid, week) {
  let held = null;

  grid.addEventListener('pointerdown', (event) => {
    const line = week.drawing.lineAt(event.target);
    const edge = event.target.classList.contains('app-tt__edge');
    if (!line || event.button) return;
    const free = event.pointerType === 'mouse' || edge || week.drawing.picked === line.row;
    week.pick(line);
    if (free) held = { line, edge, at: event, before: { day: line.day, start: line.start, length: line.length }, where: null };
  });

  grid.addEventListener('pointermove', (event) => {
    if (!held) return;
    const [across, down] = [event.clientX - held.at.clientX, event.clientY - held.at.clientY];
    if (!held.where && Math.max(Math.abs(across), Math.abs(down)) < FAR_ENOUGH) return;
    if (!held.where) grid.setPointerCapture(event.pointerId);
    held.where = held.edge ? resized(held, down, week.drawing) : moved(held, across, down, week.drawing);
    week.preview(held.line, held.where);
  });

  const end = (kept) => () => {
    if (held?.where && kept) week.move(held.line, held.before, held.where);
    else if (held?.where) week.preview(held.line, held.before);
    held = null;
  };
  grid.addEventListener('pointerup', end(true));
  grid.addEventListener('pointercancel', end(false));
  grid.addEventListener('keydown', (event) => { if (event.key === 'Escape') end(false)(); });
}

function resized({ before }, down, { perMinute }) {
  const ends = stepped(before.start + before.length + down / perMinute);
  return { ...before, length: clamp(ends - before.start, STEP, MIDNIGHT) };
}

function moved({ before }, across, down, { perMinute, dayWidth, shown }) {
  const day = clamp(before.day + Math.round(across / dayWidth), 0, 6);
  const overnight = before.start + before.length > MIDNIGHT;
  const latest = overnight ? MIDNIGHT - STEP : Math.max(shown.from, shown.until - before.length);
  return { ...before, day, start: down ? clamp(stepped(before.start + down / perMinute), shown.from, latest) : before.start };
}
