// The weekly timetable over the plan's form: lines are moved, stretched, added and removed, and the form follows.
import { addLine, takeOut } from '../plan-editor.js';
import { adding } from './adding.js';
import { dragging } from './dragging.js';
import { Drawing, NAMES, STEP, element, when } from './drawing.js';
import { clashes, cycle, inWeek, windowOf } from './layout.js';
import { DAYS, MIDNIGHT, fill, linesOf, place } from './lines.js';

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const NARROW = matchMedia('(max-width: 48em)');
const HOW = { earlier: [0, -STEP], later: [0, STEP], before: [-1, 0], after: [1, 0] };
const KEYS = { ArrowLeft: 'before', ArrowRight: 'after', ArrowUp: 'earlier', ArrowDown: 'later' };

export function timetable(section) {
  new Week(section);
}

class Week {
  constructor(section) {
    this.section = section;
    this.editor = section.closest('[data-editor]');
    this.part = (name) => section.querySelector(`[data-tt=${name}]`);
    this.grid = this.part('grid');
    const offered = section.querySelector('template').content.querySelectorAll('[data-field=kind] option');
    const short = Object.fromEntries([...offered].map((one) => [one.value, one.dataset.short]));
    this.drawing = new Drawing(this.grid, { outside: section.dataset.outside, capacity: section.dataset.capacity, ...short });
    this.done = [];
    this.week = 0;
    this.day = 0;
    this.ask = adding(section.querySelector('template'), (values) => this.add(values));
    dragging(this.grid, this);
    this.listen();
    section.hidden = false;
    this.draw();
  }

  listen() {
    this.editor.addEventListener('input', () => this.draw());
    this.editor.addEventListener('change', () => this.draw());
    this.editor.addEventListener('figures', () => this.draw());
    this.editor.addEventListener('taken-out', (event) => this.done.push({ words: 'The line is back', back: event.detail }));
    this.grid.addEventListener('keydown', (event) => this.key(event));
    this.grid.addEventListener('click', (event) => this.click(event));
    this.grid.addEventListener('dblclick', (event) => this.open(this.drawing.lineAt(event.target)));
    this.grid.addEventListener('focusin', (event) => this.pick(this.drawing.lineAt(event.target)));
    this.part('add').addEventListener('click', () => this.askFor({ day: this.day, minute: 9 * 60 }));
    this.part('undo').addEventListener('click', () => this.undo());
    this.part('hours').addEventListener('click', (event) => {
      const whole = event.currentTarget.getAttribute('aria-pressed') !== 'true';
      event.currentTarget.setAttribute('aria-pressed', whole);
      this.draw();
    });
    this.part('week').addEventListener('change', (event) => {
      this.week = Number(event.currentTarget.value);
      event.stopPropagation();
      this.draw();
    });
    this.part('week').addEventListener('input', (event) => event.stopPropagation());
    this.part('chosen').addEventListener('click', (event) => this.press(event.target.closest('button')?.dataset.do));
    NARROW.addEventListener('change', () => this.draw());
  }

  // ------------------------------------------------------------------------------------------------ what is shown
  draw(shown) {
    this.lines = linesOf(this.editor);
    const scheduled = this.lines.filter((line) => line.inWeek);
    this.drawWeeks(cycle(scheduled));
    const whole = this.part('hours').getAttribute('aria-pressed') === 'true';
    const now = scheduled.filter((line) => inWeek(line, this.week));
    this.drawing.draw(now, scheduled, shown ?? windowOf(scheduled, whole));
    this.drawDays();
    this.drawRest(this.lines.filter((line) => !line.inWeek));
    this.drawChosen();
    this.part('undo').disabled = !this.done.length;
  }

  drawWeeks(weeks) {
    const choice = this.part('week');
    this.part('weeks').hidden = weeks < 2;
    this.week = this.week > weeks ? 0 : this.week;
    if (choice.options.length - 1 !== weeks) {
      const each = Array.from({ length: weeks }, (_, number) => new Option(`Week ${number + 1} of ${weeks}`, number + 1));
      choice.replaceChildren(new Option('All weeks together', 0), ...each);
    }
    choice.value = this.week;
  }

  // One day at a time on a narrow screen, with a button for each.
  drawDays() {
    const bar = this.part('days');
    if (!bar.children.length) {
      bar.append(...NAMES.map((name, day) => {
        const short = element('span', '', name.slice(0, 2));
        short.setAttribute('aria-hidden', 'true');
        const button = element('button', 'app-tt__choose', short, element('span', 'nhsuk-u-visually-hidden', name), element('span', 'app-tt__count'));
        button.type = 'button';
        button.addEventListener('click', () => { this.day = day; this.draw(); });
        return button;
      }));
    }
    this.drawing.days.forEach(({ whole, heading }, day) => {
      whole.classList.toggle('app-tt__day--shown', day === this.day);
      const button = bar.children[day];
      button.setAttribute('aria-pressed', day === this.day);
      const count = Number(heading.dataset.count);
      button.querySelector('.app-tt__count').textContent = count ? ` ${count}` : '';
    });
  }

  // What has no place in the week: without a day, without times, or so often a year.
  drawRest(rest) {
    this.part('rest').hidden = !rest.length;
    this.part('list').replaceChildren(...rest.map((line) => {
      const times = line.start === null || !line.length ? '' : when({ ...line, day: Math.max(0, line.day) }).replace(line.day < 0 ? /^\w+ / : '', '');
      const said = [times || (line.day < 0 ? '' : NAMES[line.day]), times ? '' : line.often, line.hours ? `${line.hours} h` : '', line.pas ? `${line.pas} PA` : ''];
      const button = element('button', 'app-link-button', line.title);
      button.type = 'button';
      button.addEventListener('click', () => this.open(line));
      const item = element('li', 'app-tt__other', button, element('span', 'app-tt__kind', [this.drawing.kinds[line.kind] ?? '', ...said].filter(Boolean).join(', ')));
      item.dataset.kind = line.kind;
      return item;
    }));
  }

  get chosen() {
    return this.lines.find((line) => line.row === this.drawing.picked && line.inWeek);
  }

  drawChosen() {
    const line = this.chosen;
    for (const button of this.part('chosen').querySelectorAll('button')) button.disabled = !line;
    this.part('name').textContent = line ? `${line.title}: ${when(line)}` : 'No line is chosen: press one in the week.';
  }

  say(words) {
    this.part('said').textContent = words;
  }

  tell(line, what = '') {
    const now = this.lines.find((one) => one.row === line.row);
    if (!now) return;
    const clash = clashes(now, this.lines.filter((one) => one.inWeek)).map((other) => other.title);
    this.say(`${what}${now.title}: ${when(now)}.${clash.length ? ` Clashes with ${clash.join(' and ')}.` : ''}`);
  }

  // ------------------------------------------------------------------------------------------------ what is done
  pick(line) {
    if (!line || line.row === this.drawing.picked) return;
    this.drawing.picked = line.row;
    this.draw(this.drawing.shown);
    this.drawing.buttonOf(line)?.focus({ preventScroll: true });
  }

  // While a line is dragged: the hours that are shown stay as they are.
  preview(line, where) {
    place(line, where, { quietly: true });
    this.draw(this.drawing.shown);
  }

  move(line, before, where) {
    const same = Object.keys(where).every((part) => where[part] === before[part]);
    place(line, where, { quietly: same });
    if (same) return;
    this.done.push({ words: `${line.title} is back`, back: () => place(line, before), line });
    this.day = where.day;
    this.draw();
    this.drawing.buttonOf(line)?.focus({ preventScroll: true });
    this.tell(line);
  }

  // By a key or a button: to the next quarter of an hour, or the next day.
  nudge(line, how, stretch) {
    const [days, by] = HOW[how];
    const { day, start, length } = line;
    const next = (minute) => (by < 0 ? Math.ceil(minute / STEP) : Math.floor(minute / STEP)) * STEP + by;
    const where = stretch
      ? { day, start, length: by ? clamp(next(start + length) - start, STEP, MIDNIGHT) : length }
      : { day: clamp(day + days, 0, 6), start: by ? clamp(next(start), 0, MIDNIGHT - STEP) : start, length };
    this.move(line, { day, start, length }, where);
  }

  key(event) {
    const line = this.drawing.lineAt(event.target);
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.undo(); }
    if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
    if (KEYS[event.key]) this.nudge(line, KEYS[event.key], event.shiftKey);
    else if (event.key === 'Enter') this.open(line);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.remove(line);
    else return;
    event.preventDefault();
  }

  click(event) {
    const at = this.drawing.at(event);
    if (at) this.askFor(at);
    else if (event.detail === 0) this.open(this.drawing.lineAt(event.target)); // pressed by a program that reads the page out
  }

  press(what) {
    const line = this.chosen;
    if (!line || !what) return;
    const stretch = { shorter: 'earlier', longer: 'later' }[what];
    if (what === 'open') this.open(line);
    else if (what === 'remove') this.remove(line);
    else this.nudge(line, stretch ?? what, Boolean(stretch));
  }

  // The boxes of a line.
  open(line) {
    if (!line) return;
    for (let fold = line.row.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    const first = line.row.querySelector('input:not([type=hidden]), select');
    first.focus();
    first.scrollIntoView({ block: 'center' });
  }

  askFor(at) {
    this.ask(at, this.lines.filter((line) => line.inWeek && line.day === at.day).map((line) => line.start));
  }

  add({ kind, title, day, start, end }) {
    const row = addLine(this.editor.querySelector(`[data-rows="${kind}"]`));
    if (!row) return;
    const often = this.week ? { often: 'weeks', which: `${this.week} of ${this.part('week').options.length - 1}` } : {};
    fill(row, { title, day, start, end, ...often });
    this.day = DAYS.indexOf(day);
    this.drawing.picked = row;
    this.done.push({ words: `${title} is taken out again`, back: () => takeOut(row) });
    this.changed();
    const line = { row };
    this.drawing.buttonOf(line)?.focus();
    this.tell(line, 'Added. ');
  }

  remove(line) {
    const others = this.lines.filter((one) => one.inWeek && one.row !== line.row);
    const next = others.find((one) => one.day === line.day) ?? others[0];
    this.done.push({ words: `${line.title} is back`, back: takeOut(line.row), line });
    this.drawing.picked = null;
    this.changed();
    (next ? this.drawing.buttonOf(next) : this.part('add')).focus();
    this.say(`${line.title} is removed. You can undo this.`);
  }

  undo() {
    const last = this.done.pop();
    if (!last) return;
    last.back();
    this.changed();
    (last.line && this.drawing.buttonOf(last.line)?.isConnected ? this.drawing.buttonOf(last.line) : this.part('add')).focus();
    this.say(`Undone. ${last.words}.`);
  }

  // The form has other lines than before.
  changed() {
    this.editor.dispatchEvent(new Event('input', { bubbles: true }));
    this.draw();
  }
}
