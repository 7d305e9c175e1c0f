// What the checker says of the drawing, in its own sentences: as a list, and as a mark at each element.
import { coded } from '../coded.js';
import { make } from './boxes.js';
import { titleOf } from './lanes.js';

const NOUNS = [[/Gateway$/, 'choice'], [/StartEvent$/, 'start'], [/EndEvent$/, 'end'], [/(Task|Activity)$/, 'step']];

// An element without a name, by what leads to it.
function nameless(type, incoming = []) {
  const noun = NOUNS.find(([fits]) => fits.test(type))?.[1];
  const before = incoming.map(({ source }) => source.businessObject.name).find(Boolean);
  if (noun && before) return `The ${noun} after “${before}”`;
  return noun === 'step' ? 'A step without a name' : 'Something without a name';
}

export class Checks {
  static $inject = ['overlays', 'elementRegistry', 'selection', 'canvas', 'eventBus', 'config.checks', 'config.panel'];

  constructor(overlays, elementRegistry, selection, canvas, eventBus, { box, count }, { offer }) {
    Object.assign(this, { overlays, elementRegistry, selection, canvas, box, count, offer, problems: [], faults: [] });
    eventBus.on('import.done', () => this.mark());
  }

  // What the rules say; what goes wrong on some way is asked for after it, and stands until that is known anew.
  show(problems) {
    this.rules = problems;
    this.list(false);
  }

  ways(faults) {
    this.faults = faults;
    this.list(true);
  }

  list(whole) {
    this.problems = [...this.rules, ...this.faults];
    const count = this.problems.length;
    const nothing = whole ? 'Nothing to mend' : 'Nothing to mend so far';
    this.count.textContent = count === 0 ? nothing : count === 1 ? '1 thing to mend' : `${count} things to mend`;
    this.box.replaceChildren(...this.problems.map((problem) => make('li', {}, this.place(problem.element), ...coded(problem.sentence), this.way(problem))));
    this.mark();
  }

  mark() {
    this.overlays.remove({ type: 'check' });
    const counts = new Map();
    for (const id of this.problems.flatMap(({ element, also = [] }) => [element, ...also])) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const [id, count] of counts) {
      const drawn = this.elementRegistry.get(id);
      if (drawn?.width === undefined) continue;
      this.overlays.add(drawn, 'check', { position: { top: -12, left: -12 }, html: make('span', { className: 'app-modeller__mark', textContent: `${count}!` }) });
    }
  }

  // The way to what goes wrong is told step by step on a page of its own.
  way({ element, href }) {
    if (!href) return null;
    const drawn = this.elementRegistry.get(element);
    const where = make('span', { className: 'nhsuk-u-visually-hidden', textContent: drawn ? `: ${this.called(drawn)}` : '' });
    return make('span', {}, ' ', make('a', { href }, 'Show the way there', where));
  }

  // A button that shows the element, or nothing where it is not drawn.
  place(id) {
    const drawn = this.elementRegistry.get(id);
    if (!drawn) return '';
    const button = make('button', { type: 'button', className: 'app-link-button', textContent: this.called(drawn) });
    button.addEventListener('click', () => {
      this.selection.select(drawn);
      this.canvas.scrollToElement(drawn, 80);
    });
    return make('span', {}, button, ': ');
  }

  // What people call it; an arrow is called after its ends.
  called({ source, target, type, incoming, businessObject: { name } }) {
    if (source && target) return `${this.called(source)} → ${this.called(target)}`;
    if (type === 'bpmn:Lane') return titleOf(this.offer, name);
    return name || nameless(type, incoming);
  }
}
