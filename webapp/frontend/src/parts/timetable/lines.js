// The lines of the form as the timetable sees them. The form is the only truth: what is read here is written here.
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
export const MIDNIGHT = 24 * 60;

const CLOCK = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]m)?$/i;
const ORDINALS = { 1: '1st', 2: '2nd', 3: '3rd', 4: '4th', 5: '5th' };

export const box = (row, name) => row.querySelector(`[name$="-${name}"]`);
const said = (row, name) => box(row, name)?.value.trim() ?? '';

// Minutes from midnight of what the server reads as a time too: 09:30, 9.30, 2pm; null for anything else.
export function minutes(text) {
  const found = CLOCK.exec(text.trim());
  if (!found) return null;
  let hours = Number(found[1]);
  const half = found[3]?.toLowerCase();
  if (half) hours = (hours % 12) + (half === 'pm' ? 12 : 0);
  const total = hours * 60 + Number(found[2] ?? 0);
  return hours < 24 && Number(found[2] ?? 0) < 60 ? total : null;
}

export function clock(minute) {
  const within = ((minute % MIDNIGHT) + MIDNIGHT) % MIDNIGHT;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

// Every line of the form in which something stands, in its order.
export function linesOf(editor) {
  return [...editor.querySelectorAll('[data-rows] [data-row]')].filter(isLine).map(read);
}

function isLine(row) {
  return box(row, 'day') && box(row, 'start') && box(row, 'end') && (nameOf(row) || said(row, 'start') || said(row, 'hours'));
}

const nameOf = (row) => ['title', 'work'].map((name) => said(row, name)).find(Boolean) ?? '';

function read(row) {
  const [start, end] = [minutes(said(row, 'start')), minutes(said(row, 'end'))];
  const day = DAYS.indexOf(box(row, 'day').value);
  const pattern = patternOf(row);
  return {
    row,
    kind: row.closest('[data-rows]').dataset.rows,
    title: nameOf(row) || 'No name yet',
    day,
    start,
    // An end that is not after the start lies in the next day; equal times are a whole day.
    length: start === null || end === null ? 0 : ((end - start + MIDNIGHT - 1) % MIDNIGHT) + 1,
    pas: short(said(row, 'pas') || row.querySelector('[data-worked]')?.dataset.worked || ''),
    hours: said(row, 'hours'),
    ...pattern,
    inWeek: day >= 0 && start !== null && end !== null && !pattern.annual,
  };
}

// No more than three decimals, as the server writes them.
const short = (figure) => figure.replace(/^(\d+)(\.\d{4,})$/, (whole) => String(Number(Number(whole).toFixed(3))));

// How often: `every` weeks and in which `week` of them; or in weeks of the month; or so often a year. The form asks for
// a kind and, in a second box, for its figures: "2 of 4", "1, 3", "14".
function patternOf(row) {
  const [often, which] = [said(row, 'often'), said(row, 'which')];
  const numbers = (which.match(/\d+/g) ?? []).map(Number);
  const every = often === 'weeks' ? clamp(numbers.at(-1) ?? 1, 1, 52) : 1;
  const week = numbers.length > 1 ? clamp(numbers[0], 1, every) : 1;
  const month = often === 'months' ? numbers.filter((number) => ORDINALS[number]) : [];
  return { every, week, month, annual: often === 'year' || often === 'dates', often: words({ every, week, month, often, which }) };
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

function words({ every, week, month, often, which }) {
  if (every > 1) return `week ${week} of ${every}`;
  if (month.length) return `${month.map((number) => ORDINALS[number]).join(' and ')} of the month`;
  if (often === 'year') return `${which || 'so many'} times a year`;
  return often === 'dates' ? 'on certain dates' : '';
}

// Put a line somewhere else; `quietly` while it is still being dragged.
export function place(line, { day, start, length }, { quietly = false } = {}) {
  box(line.row, 'day').value = DAYS[day];
  box(line.row, 'start').value = clock(start);
  box(line.row, 'end').value = clock(start + length);
  if (!quietly) box(line.row, 'end').dispatchEvent(new Event('input', { bubbles: true }));
}

// Fill a new line.
export function fill(row, values) {
  for (const [name, value] of Object.entries(values)) {
    const at = box(row, name);
    if (at?.type === 'checkbox') at.checked = value === 'yes';
    else if (at) at.value = value;
  }
}
