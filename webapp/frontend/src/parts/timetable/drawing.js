// Draws the week: hours, days, and each line as a button that stays the same element as long as its line lives.
import { DAYS, clock } from './lines.js';
import { clashes, sideBySide, stretches } from './layout.js';

export const STEP = 15;
const HOUR = 60;
const [ROOMY, DENSE, TALL] = [44, 26, 620];
const SHORT = 40;
const SMALLEST = 24; // pixels: as much as a finger hits
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
export const NAMES = DAYS.map((day) => day[0].toUpperCase() + day.slice(1));

export const element = (tag, className, ...content) => {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...content);
  return made;
};
const hidden = (text) => element('span', 'nhsuk-u-visually-hidden', text);

// When a line is: "Monday 09:00 to 13:00, week 1 of 2".
export function when(line) {
  const times = `${NAMES[line.day]} ${clock(line.start)} to ${clock(line.start + line.length)}`;
  return line.often ? `${times}, ${line.often}` : times;
}

export class Drawing {
  constructor(grid, kinds) {
    Object.assign(this, { grid, kinds, buttons: new WeakMap(), lines: new WeakMap() });
    this.hours = element('div', 'app-tt__hours');
    this.hours.setAttribute('aria-hidden', 'true');
    this.days = DAYS.map((_, day) => this.#dayOf(day));
    grid.append(this.hours, ...this.days.map((one) => one.whole));
  }

  // Draw the lines; `shown` is {from, until} in minutes. What has the focus keeps it.
  draw(lines, all, shown) {
    const focused = document.activeElement;
    this.shown = shown;
    this.perMinute = Math.min(ROOMY, Math.max(DENSE, Math.floor((TALL * HOUR) / (shown.until - shown.from)))) / HOUR;
    this.#drawHours();
    const placed = lines.flatMap(stretches);
    this.days.forEach(({ column, heading }, day) => {
      const here = sideBySide(placed.filter((one) => one.day === day));
      column.style.height = this.#pixels(shown.until - shown.from);
      const drawn = here.map((one) => this.#drawStretch(one, all));
      const same = drawn.length === column.children.length && drawn.every((one, number) => one === column.children[number]);
      if (!same) column.replaceChildren(...drawn);
      heading.dataset.count = here.length || '';
    });
    if (focused !== document.activeElement && this.grid.contains(focused)) focused.focus({ preventScroll: true });
  }

  buttonOf(line) {
    return this.buttons.get(line.row);
  }

  lineAt(target) {
    return this.lines.get(target.closest?.('.app-tt__line') ?? target);
  }

  // The day and the minute under the pointer.
  at(event) {
    const day = this.days.findIndex(({ column }) => column === event.target);
    if (day < 0) return null;
    const down = event.clientY - event.target.getBoundingClientRect().top;
    return { day, minute: this.shown.from + Math.floor(down / this.perMinute / 30) * 30 };
  }

  get dayWidth() {
    return this.days.find(({ whole }) => whole.offsetWidth)?.whole.offsetWidth ?? 1;
  }

  #dayOf(day) {
    const heading = element('span', 'app-tt__day-name', NAMES[day]);
    const column = element('div', 'app-tt__column');
    const whole = element('div', 'app-tt__day', heading, column);
    whole.setAttribute('role', 'group');
    whole.setAttribute('aria-label', NAMES[day]);
    return { whole, heading, column };
  }

  #pixels(minutes) {
    return `${Math.round(minutes * this.perMinute)}px`;
  }

  #drawHours() {
    this.grid.style.setProperty('--hour', this.#pixels(HOUR));
    const marks = [];
    for (let minute = this.shown.from; minute < this.shown.until; minute += HOUR) {
      const mark = element('span', 'app-tt__hour', clock(minute));
      mark.style.height = this.#pixels(HOUR);
      marks.push(mark);
    }
    this.hours.replaceChildren(...marks);
  }

  #drawStretch(stretch, all) {
    const { line, from, until, column, of, goesOn, last } = stretch;
    const drawn = goesOn ? element('div', '', `${line.title} (from ${NAMES[line.day]})`) : this.#buttonFor(line, all);
    if (goesOn) drawn.setAttribute('aria-hidden', 'true');
    drawn.className = `app-tt__line${line.annual || line.month.length || line.every > 1 ? ' app-tt__line--some' : ''}`;
    if (last) drawn.append(element('span', 'app-tt__edge'));
    drawn.dataset.kind = line.kind;
    drawn.classList.toggle('app-tt__line--clash', clashes(line, all).length > 0);
    drawn.classList.toggle('app-tt__line--short', (until - from) * this.perMinute < SHORT);
    drawn.classList.toggle('app-tt__line--picked', line.row === this.picked);
    const lasts = Math.max(SMALLEST / this.perMinute, until - Math.max(from, this.shown.from));
    drawn.style.top = this.#pixels(clamp(from - this.shown.from, 0, this.shown.until - this.shown.from - lasts));
    drawn.style.height = this.#pixels(lasts);
    drawn.style.left = `${(100 * column) / of}%`;
    drawn.style.width = `${100 / of}%`;
    this.lines.set(drawn, line);
    return drawn;
  }

  #buttonFor(line, all) {
    let button = this.buttons.get(line.row);
    if (!button) {
      button = Object.assign(document.createElement('button'), { type: 'button' });
      button.setAttribute('aria-describedby', 'timetable-keys');
      this.buttons.set(line.row, button);
    }
    const clash = clashes(line, all).map((other) => other.title);
    button.replaceChildren(
      element('strong', 'app-tt__title', line.title), ' ',
      ...(clash.length ? [element('span', 'app-tt__clash', 'Clash', hidden(` with ${clash.join(' and ')}`)), ' '] : []),
      element('span', 'app-tt__times', hidden(`${NAMES[line.day]} `), `${clock(line.start)} to ${clock(line.start + line.length)}`), ' ',
      element('span', 'app-tt__kind', this.kinds[line.kind] ?? '', line.pas ? `, ${line.pas} PA` : ''), ' ',
      ...(line.often ? [element('span', 'app-tt__often', line.often), ' '] : []),
    );
    return button;
  }
}
