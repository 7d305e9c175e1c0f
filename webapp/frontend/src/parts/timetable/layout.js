// Where lines lie in the grid: which hours are shown, which lie side by side, which clash. No document in here.
import { MIDNIGHT } from './lines.js';

const HOUR = 60;
const [PLAIN_FROM, PLAIN_UNTIL] = [7 * HOUR, 19 * HOUR];
const WEEK = 7 * MIDNIGHT;

// A line parted at midnight: its stretch in each day that it touches.
export function stretches(line) {
  const ends = line.start + line.length;
  const first = { line, day: line.day, from: line.start, until: Math.min(ends, MIDNIGHT), last: ends <= MIDNIGHT };
  if (ends <= MIDNIGHT) return [first];
  return [first, { line, day: (line.day + 1) % 7, from: 0, until: ends - MIDNIGHT, last: true, goesOn: true }];
}

// The hours that are shown: the working day, and whatever lies before or after it.
export function windowOf(lines, wholeDay) {
  const all = lines.flatMap(stretches);
  if (wholeDay || all.some((one) => one.goesOn)) return { from: 0, until: MIDNIGHT };
  const from = Math.min(PLAIN_FROM, ...all.map((one) => one.from));
  const until = Math.max(PLAIN_UNTIL, ...all.map((one) => one.until));
  return { from: Math.floor(from / HOUR) * HOUR, until: Math.ceil(until / HOUR) * HOUR };
}

// The lines of a week of the cycle; 0 is all weeks together. What goes by the month may fall into any of them.
export const inWeek = (line, week) => week === 0 || (week - line.week) % line.every === 0;

// How many weeks the cycles of all lines take until they come round together.
export function cycle(lines) {
  return Math.min(52, lines.reduce((weeks, line) => (weeks * line.every) / divisor(weeks, line.every), 1));
}

const divisor = (one, other) => (other ? divisor(other, one % other) : one);

// Whether two lines can fall into the same week.
function meet(one, other) {
  if (one.month.length && other.month.length) return one.month.some((number) => other.month.includes(number));
  return (one.week - other.week) % divisor(one.every, other.every) === 0;
}

const begins = (line) => line.day * MIDNIGHT + line.start;
const overlap = (one, other) => [-WEEK, 0, WEEK].some((turn) =>
  begins(one) < begins(other) + turn + other.length && begins(other) + turn < begins(one) + one.length);

// The lines with which a line clashes.
export const clashes = (line, lines) =>
  lines.filter((other) => other !== line && meet(line, other) && overlap(line, other));

// The stretches of a day with their place side by side: `of` equal columns, `column` counted from 0.
export function sideBySide(all) {
  const sorted = [...all].sort((one, other) => one.from - other.from || other.until - one.until);
  const placed = [];
  let group = [];
  const close = () => {
    const of = Math.max(0, ...group.map((one) => one.column)) + 1;
    placed.push(...group.map((one) => ({ ...one, of })));
    group = [];
  };
  for (const one of sorted) {
    if (group.length && group.every((other) => other.until <= one.from)) close();
    const taken = group.filter((other) => other.until > one.from).map((other) => other.column);
    let column = 0;
    while (taken.includes(column)) column += 1;
    group.push({ ...one, column });
  }
  close();
  return placed;
}
