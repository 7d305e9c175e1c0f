// A lane bears the key of a role, which the file keeps; on the drawing people read its title, as everywhere else.
import BpmnRenderer from 'bpmn-js/lib/draw/BpmnRenderer';
import BaseLabelEditing from 'bpmn-js/lib/features/label-editing/LabelEditingProvider';

export const titleOf = (offer, key) => offer.roles.find(([role]) => role === key)?.[1] ?? key;

const isLane = (element) => element.type === 'bpmn:Lane';

export class Renderer extends BpmnRenderer {
  static $inject = [...BpmnRenderer.$inject, 'config.panel'];

  constructor(config, eventBus, styles, pathMap, canvas, textRenderer, { offer }) {
    super(config, eventBus, styles, pathMap, canvas, textRenderer);
    this.offer = offer;
  }

  drawShape(box, shape, attributes) {
    return super.drawShape(box, isLane(shape) ? this.titled(shape) : shape, attributes);
  }

  // The same lane, but for what it is called.
  titled(lane) {
    const name = titleOf(this.offer, lane.businessObject.name);
    return Object.create(lane, { businessObject: { value: Object.create(lane.businessObject, { name: { value: name } }) } });
  }
}

// Words are typed on the drawing. Whose lane it is, is chosen in the panel: words typed into it would be no role.
export class LabelEditing extends BaseLabelEditing {
  static $inject = [...BaseLabelEditing.$inject, 'config.panel'];

  constructor(eventBus, bpmnFactory, canvas, directEditing, modeling, resizeHandles, textRenderer, { offer }) {
    super(eventBus, bpmnFactory, canvas, directEditing, modeling, resizeHandles, textRenderer);
    this.offer = offer;
    // What is put down asks for its name; the library leaves choices out.
    const ask = (shape) => { if (shape?.businessObject.$instanceOf('bpmn:Gateway')) directEditing.activate(shape); };
    eventBus.on('create.end', 400, ({ context, isTouch }) => { if (context.canExecute && !isTouch) ask(context.shape); });
    eventBus.on('autoPlace.end', 400, ({ shape }) => ask(shape));
  }

  activate(element) {
    return isLane(element) ? undefined : super.activate(element);
  }

  // Where no other words were typed, nothing was done, and nothing is to be undone. A name is as long as the panel takes.
  update(element, typed, before, bounds) {
    const words = element.type === 'bpmn:TextAnnotation' ? typed : typed.slice(0, this.offer.longest.name);
    if (words !== before || element.type === 'bpmn:TextAnnotation') super.update(element, words, before, bounds);
  }
}
