// What the menus at an element offer: only what a process here can be made of.
import { onlyWay } from './room.js';
import { inOurs } from './words.js';

const KEPT = new Set([
  'none-start', 'none-end', 'none-start-event', 'none-end-event', 'terminate-end', 'error-end', 'escalation-end', 'message-intermediate-catch',
  'timer-intermediate-catch', 'timer-boundary', 'non-interrupting-timer-boundary', 'message-boundary', 'non-interrupting-message-boundary',
  'error-boundary', 'exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'event-based-gateway', 'user-task', 'service-task', 'rule-task',
  'receive-task', 'script-task', 'call-activity', 'sequence-flow', 'default-flow', 'conditional-flow',
]);
const TURNED = 'replace-with-';
const NEVER = new Set([
  'append.intermediate-event', 'append.condition-intermediate-event', 'append.signal-intermediate-event', 'append.compensation-activity',
  'lane-divide-two', 'lane-divide-three',
]);

export class Menus {
  static $inject = ['contextPad', 'popupMenu', 'limits'];

  constructor(contextPad, popupMenu, limits) {
    Object.assign(this, { popupMenu, limits });
    contextPad.registerProvider(500, this);
    popupMenu.registerProvider('bpmn-replace', 500, {
      getPopupMenuEntries: () => (entries) => kept(entries, (id) => !id.startsWith(TURNED) || KEPT.has(id.slice(TURNED.length))),
      getPopupMenuHeaderEntries: () => () => ({}), // steps for each of several people are said in the panel
    });
  }

  getContextPadEntries(element) {
    return (entries) => {
      const leadsOn = Boolean(onlyWay(element)); // then it does not end there
      const left = kept(entries, (id) => !NEVER.has(id) && !(leadsOn && id === 'append.end-event'));
      if (left.replace) left.replace = { ...left.replace, action: { click: (event) => this.turn(event, element) } };
      if (!this.limits.fits(element)) return left;
      const add = () => this.limits.add(element);
      return { ...left, deadline: { group: 'model', className: 'bpmn-icon-intermediate-event-catch-timer', title: 'Add a deadline that ends it', action: { click: add } } };
    };
  }

  // As the library does, but for a warning that it gives itself.
  turn({ x, y }, element) {
    this.popupMenu.open(element, 'bpmn-replace', { x, y, cursor: { x, y } }, { title: inOurs('Change element'), width: 340, search: true });
  }
}

const kept = (entries, fits) => Object.fromEntries(Object.entries(entries).filter(([id]) => fits(id)));
