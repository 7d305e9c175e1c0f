// What can be drawn: only what a process here can be made of, in the words of the rest of the studio.
import BaseElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';

const DRAWN = [
  ['step', 'bpmn:UserTask', 'bpmn-icon-user-task', 'A step that somebody takes'],
  ['choice', 'bpmn:ExclusiveGateway', 'bpmn-icon-gateway-xor', 'A choice of one way'],
  ['together', 'bpmn:ParallelGateway', 'bpmn-icon-gateway-parallel', 'All ways at once'],
  ['work', 'bpmn:ServiceTask', 'bpmn-icon-service-task', 'Work of the system'],
  ['decision', 'bpmn:BusinessRuleTask', 'bpmn-icon-business-rule-task', 'A decision table'],
  ['stage', 'bpmn:CallActivity', 'bpmn-icon-call-activity', 'A stage drawn by itself'],
  ['start', 'bpmn:StartEvent', 'bpmn-icon-start-event-none', 'The start'],
  ['end', 'bpmn:EndEvent', 'bpmn-icon-end-event-none', 'An end'],
];

export class Palette {
  static $inject = ['palette', 'create', 'elementFactory', 'spaceTool', 'lassoTool', 'handTool', 'globalConnect'];

  constructor(palette, create, elementFactory, spaceTool, lassoTool, handTool, globalConnect) {
    Object.assign(this, { create, elementFactory, spaceTool, lassoTool, handTool, globalConnect });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    const tool = (className, title, start) => ({ group: 'tools', className, title, action: { click: start } });
    const entries = {
      hand: tool('bpmn-icon-hand-tool', 'Move around', (event) => this.handTool.activateHand(event)),
      lasso: tool('bpmn-icon-lasso-tool', 'Choose several', (event) => this.lassoTool.activateSelection(event)),
      space: tool('bpmn-icon-space-tool', 'Make or take away room', (event) => this.spaceTool.activateSelection(event)),
      connect: tool('bpmn-icon-connection-multi', 'Draw an arrow', (event) => this.globalConnect.start(event)),
      line: { group: 'tools', separator: true },
    };
    for (const [key, type, className, title] of DRAWN) {
      const begin = (event) => this.create.start(event, this.elementFactory.createShape({ type }));
      entries[key] = { group: 'draw', className, title, action: { dragstart: begin, click: begin } };
    }
    return entries;
  }
}

// A task that is drawn without saying which is a step of a person.
export class ElementFactory extends BaseElementFactory {
  static $inject = ['bpmnFactory', 'moddle'];

  create(elementType, attributes) {
    const plain = attributes?.type === 'bpmn:Task' && !attributes.businessObject;
    return super.create(elementType, plain ? { ...attributes, type: 'bpmn:UserTask' } : attributes);
  }
}
