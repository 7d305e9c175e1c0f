// Ids are names: what the canvas has numbered gets its id from the words that a person gives it.
const NUMBERED = /^(?:Activity|Gateway|Event|Flow|Lane|Participant|DataObjectReference|DataStoreReference|StartEvent|EndEvent|Boundary)_[0-9a-z]{7}$/;
const LONGEST = 60;

export const isNumbered = (id) => NUMBERED.test(id);

export function named(words, taken) {
  const plain = words.normalize('NFKD').replace(/[^\x20-\x7e]/g, '').toLowerCase();
  const short = plain.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, LONGEST - 4) || 'step';
  let [id, number] = [short, 2];
  while (taken(id)) {
    id = `${short}_${number}`;
    number += 1;
  }
  return id;
}

// Gives an element the id that its words ask for, if nobody has named it yet; and so the arrows at it.
export class Naming {
  static $inject = ['eventBus', 'elementRegistry', 'modeling', 'moddle'];

  constructor(eventBus, elementRegistry, modeling, moddle) {
    Object.assign(this, { elementRegistry, modeling, moddle });
    eventBus.on(['commandStack.element.updateLabel.postExecuted', 'commandStack.element.updateProperties.postExecuted'], 500, ({ context }) => {
      const element = context.element.labelTarget ?? context.element;
      if ('newLabel' in context || 'name' in (context.properties ?? {})) this.name(element);
    });
    eventBus.on('commandStack.connection.create.postExecuted', 400, ({ context }) => this.nameFlow(context.connection));
  }

  taken = (id) => Boolean(this.elementRegistry.get(id) || this.moddle.ids.assigned(id));

  name(element) {
    const words = element.businessObject.name?.trim();
    if (!words || !isNumbered(element.id) || element.type === 'bpmn:SequenceFlow') return;
    this.rename(element, named(element.type === 'bpmn:Lane' ? `lane ${words}` : words, this.taken));
    for (const flow of [...element.incoming ?? [], ...element.outgoing ?? []]) this.nameFlow(flow);
  }

  nameFlow(flow) {
    if (flow.type !== 'bpmn:SequenceFlow' || !isNumbered(flow.id)) return;
    const ends = [flow.source?.id, flow.target?.id];
    if (ends.every((id) => id && !isNumbered(id))) this.rename(flow, named(ends.join(' to '), this.taken));
  }

  rename(element, id) {
    this.modeling.updateProperties(element, { id });
  }
}
