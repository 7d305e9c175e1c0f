// What the checker says of the drawing, in its own sentences: as a list, and as a mark at each element.
import { make } from './boxes.js';
import { isNumbered } from './naming.js';

export class Checks {
  static $inject = ['overlays', 'elementRegistry', 'selection', 'canvas', 'eventBus', 'config.checks'];

  constructor(overlays, elementRegistry, selection, canvas, eventBus, { box, count }) {
    Object.assign(this, { overlays, elementRegistry, selection, canvas, box, count });
    eventBus.on('import.done', () => this.mark());
  }

  show(problems) {
    this.problems = problems;
    this.count.textContent = problems.length === 0 ? 'Nothing to mend' : problems.length === 1 ? '1 thing to mend' : `${problems.length} things to mend`;
    const items = problems.map(({ element, sentence }) => make('li', {}, this.place(element), sentence));
    this.box.replaceChildren(...items);
    this.mark();
  }

  mark() {
    this.overlays.remove({ type: 'check' });
    const counts = new Map();
    for (const { element } of this.problems ?? []) counts.set(element, (counts.get(element) ?? 0) + 1);
    for (const [id, count] of counts) {
      const drawn = this.elementRegistry.get(id);
      if (drawn?.width === undefined) continue;
      this.overlays.add(drawn, 'check', { position: { top: -12, left: -12 }, html: make('span', { className: 'app-modeller__mark', textContent: `${count}!` }) });
    }
  }

  // A button that shows the element, or nothing where it is not drawn.
  place(id) {
    const drawn = this.elementRegistry.get(id);
    if (!drawn) return '';
    const button = make('button', { type: 'button', className: 'app-link-button', textContent: called(drawn) });
    button.addEventListener('click', () => {
      this.selection.select(drawn);
      this.canvas.scrollToElement(drawn, 80);
    });
    return make('span', {}, button, ': ');
  }
}

// What people call it; an arrow is called after its ends.
function called(drawn) {
  if (drawn.source && drawn.target) return `${called(drawn.source)} → ${called(drawn.target)}`;
  return drawn.businessObject.name || (isNumbered(drawn.id) ? 'Something without a name' : drawn.id);
}
