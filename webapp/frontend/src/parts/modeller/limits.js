// A deadline that ends a step: an event at its edge which waits for the deadline, and the end that it leads to. One press
// adds it, one press of “Undo” takes it away, and the panel then asks which deadline it is.
const ENDED = ['bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:CallActivity'];
const NAME = 'Time is up';
const ALONG = [0.8, 0.5, 0.2];   // where at the lower edge, in the order in which it is tried

export class Limits {
  static $inject = ['commandStack', 'modeling', 'elementFactory', 'moddle', 'selection'];

  constructor(commandStack, modeling, elementFactory, moddle, selection) {
    Object.assign(this, { commandStack, modeling, elementFactory, moddle, selection });
    commandStack.register('limit.add', { preExecute: (context) => { context.event = this.draw(context.step); } });
  }

  fits = (element) => ENDED.includes(element.type);

  add(step) {
    const context = { step };
    this.commandStack.execute('limit.add', context);
    this.selection.select(context.event);
  }

  draw(step) {
    const shape = this.elementFactory.createShape({ type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition', cancelActivity: true });
    const event = this.modeling.createShape(shape, free(step), step, { attach: true });
    this.modeling.updateProperties(event, { name: NAME });
    waitFor(this, event, step.businessObject.get('accord:deadline'));
    const end = this.modeling.appendShape(event, this.elementFactory.createShape({ type: 'bpmn:EndEvent' }), below(event), step.parent);
    this.modeling.updateProperties(end, { name: NAME });
    return event;
  }
}

// Says which deadline a timer waits for: it has no other text.
export function waitFor({ modeling, moddle }, event, key) {
  const definition = event.businessObject.eventDefinitions.find((each) => each.$type === 'bpmn:TimerEventDefinition');
  const timeDate = key ? moddle.create('bpmn:FormalExpression', { body: `due("${key}")` }) : undefined;
  if (timeDate) timeDate.$parent = definition;
  modeling.updateModdleProperties(event, definition, { timeDate, timeDuration: undefined, timeCycle: undefined });
}

function free(step) {
  const taken = (step.attachers ?? []).map((each) => each.x + each.width / 2);
  const places = ALONG.map((share) => step.x + step.width * share);
  const x = places.find((place) => taken.every((other) => Math.abs(other - place) > 30)) ?? places[0];
  return { x, y: step.y + step.height };
}

const below = ({ x, y, width, height }) => ({ x: x + width + 50, y: y + height + 40 });
