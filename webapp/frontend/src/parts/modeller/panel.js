// What a process owner says of the chosen element, in forms as everywhere else: who, what, by when, under which clause.
import { arrived, wayToNewDeadline } from './arriving.js';
import { button, choice, fold, line, make, several, text, tick } from './boxes.js';
import { comparisons, taken, written } from './conditions.js';
import { asked, fields } from './fields.js';
import { titleOf } from './lanes.js';
import { waitFor } from './limits.js';
import { settle } from './settle.js';

const KINDS = {
  'bpmn:UserTask': 'Step', 'bpmn:ServiceTask': 'Work of the system', 'bpmn:BusinessRuleTask': 'Decision table', 'bpmn:CallActivity': 'Stage',
  'bpmn:ScriptTask': 'Value that is worked out', 'bpmn:ReceiveTask': 'Waits for a message', 'bpmn:ExclusiveGateway': 'Choice of one way',
  'bpmn:InclusiveGateway': 'Choice of some ways', 'bpmn:ParallelGateway': 'All ways at once', 'bpmn:EventBasedGateway': 'Whichever comes first',
  'bpmn:StartEvent': 'Start', 'bpmn:EndEvent': 'End', 'bpmn:BoundaryEvent': 'Event at a step', 'bpmn:SequenceFlow': 'Arrow', 'bpmn:Lane': 'Lane',
  'bpmn:Participant': 'Process', 'bpmn:Process': 'Process', 'bpmn:Collaboration': 'Process', 'bpmn:IntermediateCatchEvent': 'Waits',
};
const CHOOSING = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'];

export class Panel {
  static $inject = ['eventBus', 'modeling', 'selection', 'canvas', 'moddle', 'elementRegistry', 'room', 'limits', 'config.panel'];

  constructor(eventBus, modeling, selection, canvas, moddle, elementRegistry, room, limits, config) {
    Object.assign(this, { modeling, canvas, moddle, elementRegistry, room, limits, offer: config.offer, box: config.box, reads: !config.edits });
    const begins = () => { this.busy = true; };
    const ends = () => { this.busy = false; };
    for (const kind of ['pointerdown', 'change']) this.box.addEventListener(kind, begins, { capture: true });
    for (const kind of ['change', 'focusin']) this.box.addEventListener(kind, ends);
    // Words typed on the drawing are taken over while the focus is on its way here, and in no box of the panel yet.
    document.addEventListener('focusout', ({ relatedTarget }) => { this.busy ||= this.box.contains(relatedTarget); }, { capture: true });
    window.addEventListener('pointerup', ends);
    const chosen = () => (selection.get().length === 1 ? selection.get()[0] : canvas.getRootElement());
    eventBus.on(['selection.changed', 'import.done'], () => this.show(chosen()));
    eventBus.on('import.done', () => setTimeout(() => this.arrive(selection)));
    eventBus.on('elements.changed', ({ elements }) => {
      if (elements.includes(this.element) || !elementRegistry.get(this.element?.id)) this.show(chosen());
    });
  }

  // Somebody comes back from the policy, where they have added a deadline for an element.
  arrive(selection) {
    const found = arrived(this.elementRegistry, this.offer.deadlines);
    if (!found) return;
    selection.select(found.element);
    this.canvas.scrollToElement(found.element, 200);
    if (!found.deadline || this.reads) return;
    if (this.definition(found.element, 'bpmn:TimerEventDefinition')) waitFor(this, found.element, found.deadline);
    else this.put(found.element, 'accord:deadline')(found.deadline);
  }

  // What can be chosen is no longer what it was.
  again() {
    this.show(this.element);
  }

  show(element) {
    if (!element?.businessObject) return;
    const shown = element.labelTarget ?? element;
    const [same, head, body] = [shown === this.element, this.head(shown), this.body(shown)];
    this.element = shown;
    if (this.reads) body.disabled = true;
    const inside = this.busy || this.box.contains(document.activeElement);
    if (same && inside && !this.rebuilt) return [head, body].forEach((part, place) => settle(this.box.children[place], part));
    this.rebuilt = false;
    this.replace(same, head, body);
  }

  replace(same, ...parts) {
    const [at, scrolled] = [same ? this.focused() : -1, this.box.scrollTop];
    const open = same ? [...this.box.querySelectorAll('details')].map((one) => one.open) : [];
    this.box.replaceChildren(...parts);
    if (!same) return;
    [...this.box.querySelectorAll('details')].forEach((one, place) => { one.open ||= Boolean(open[place]); });
    this.box.scrollTop = scrolled;
    if (at >= 0) this.boxes()[at]?.focus({ preventScroll: true });
  }

  boxes() {
    return [...this.box.querySelectorAll('input, select, textarea, button, summary')];
  }

  focused() {
    return this.boxes().indexOf(document.activeElement);
  }

  head(element) {
    const kind = KINDS[element.type] ?? element.type.replace('bpmn:', '');
    const { name } = element.businessObject;
    const words = element.type === 'bpmn:Lane' ? titleOf(this.offer, name) : name;
    return make('h2', { className: 'nhsuk-heading-s', textContent: words ? `${kind}: ${words}` : kind });
  }

  body(element) {
    const of = (type) => element.businessObject.$instanceOf(type);
    const parts = [];
    if (of('bpmn:Lane')) parts.push(this.lane(element));
    else if (of('bpmn:SequenceFlow')) parts.push(this.own(element, 'name', 'Words at the arrow'), ...this.flow(element));
    else if (of('bpmn:Collaboration') || of('bpmn:Participant') || of('bpmn:Process')) parts.push(...this.process(element));
    else parts.push(this.own(element, 'name', 'Name'));
    if (of('bpmn:UserTask')) parts.push(...this.step(element));
    if (of('bpmn:ServiceTask')) parts.push(...this.work(element));
    if (of('bpmn:BusinessRuleTask')) parts.push(this.pick(element, 'accord:decision', 'Decision table', this.offer.decisions));
    if (of('bpmn:CallActivity')) parts.push(this.pick(element, 'calledElement', 'Which process is this stage?', this.offer.stages));
    if (of('bpmn:ReceiveTask') || this.definition(element, 'bpmn:MessageEventDefinition')) parts.push(this.message(element));
    if (of('bpmn:ScriptTask')) parts.push(this.script(element));
    if (this.definition(element, 'bpmn:TimerEventDefinition')) parts.push(this.timer(element));
    if (of('bpmn:BoundaryEvent')) parts.push(this.interrupting(element));
    if (this.limits?.fits(element)) parts.push(button('Add a deadline that ends it', () => this.limits.add(element), 'nhsuk-button nhsuk-button--secondary nhsuk-button--small'));
    if (of('bpmn:FlowNode') && !of('bpmn:Gateway')) parts.push(this.clause(element));
    return make('fieldset', { className: 'nhsuk-fieldset app-panel__body' }, ...parts.filter(Boolean));
  }

  get(element, name) {
    return element.businessObject.get(name) ?? '';
  }

  put(element, name) {
    return (value) => this.modeling.updateProperties(element, { [name]: value || undefined });
  }

  own(element, name, label) {
    return line({ label, value: this.get(element, name), set: this.put(element, name), most: this.offer.longest[name] });
  }

  pick(element, name, label, options, hint = '') {
    return choice({ label, hint, value: this.get(element, name), options, set: this.put(element, name) });
  }

  says(element, label, hint = '') {
    const value = element.businessObject.documentation?.[0]?.text ?? '';
    const set = (typed) => this.modeling.updateProperties(element, { documentation: typed ? [this.moddle.create('bpmn:Documentation', { text: typed })] : [] });
    return text({ label, hint, value, rows: 4, set, most: this.offer.longest.documentation });
  }

  step(element) {
    const lists = this.offer.facts.filter((fact) => this.offer.list_types.includes(fact.type)).map((fact) => [`case.${fact.key}`, fact.label]);
    const own = this.roleOf(element);
    const others = this.get(element, 'accord:roles').split(/[\s,]+/).filter((role) => role && role !== own);
    const widen = (keys) => this.put(element, 'accord:roles')(keys.length ? [own, ...keys].join(' ') : '');
    return [
      choice({ label: 'Who does this?', value: own, options: this.offer.roles, none: own ? null : 'Nobody yet: choose', set: (role) => this.giveTo(element, role) }),
      this.says(element, 'What the person is asked to do', 'Plain words. They stand at the top of the step.'),
      this.pick(element, 'accord:deadline', 'Deadline', this.offer.deadlines),
      this.reads ? null : wayToNewDeadline(element),
      fields(element, this.offer, this.ofFields(element)),
      fold('More about this step', false,
        this.pick(element, 'accord:screen', 'Page made for it', this.offer.screens, 'Without one the page is made from the questions.'),
        this.pick(element, 'accord:letter', 'Letter that goes out when it is completed', this.offer.letters),
        this.pick(element, 'accord:for_each', 'A step for each of', lists),
        several({ label: 'Who else may do it', value: others, options: this.offer.roles.filter(([key]) => key !== own), set: widen })),
    ];
  }

  ofFields(element) {
    const kept = this.opened;
    this.opened = '';
    return {
      moddle: this.moddle,
      open: kept,
      change: (values, open = '') => {
        [this.opened, this.rebuilt] = [open, true];
        const others = element.businessObject.extensionElements?.get('values').filter((value) => value.$type !== 'accord:Field') ?? [];
        const holder = this.moddle.create('bpmn:ExtensionElements', { values: [...others, ...values] });
        [...others, ...values].forEach((value) => { value.$parent = holder; });
        holder.$parent = element.businessObject;
        this.modeling.updateProperties(element, { extensionElements: holder });
      },
      set: (field, properties, open = field.key) => {
        this.opened = open;
        this.modeling.updateModdleProperties(element, field, properties);
      },
    };
  }

  roleOf(element) {
    return element.businessObject.get('lanes')?.[0]?.name ?? '';
  }

  lanes() {
    return this.elementRegistry.filter((each) => each.type === 'bpmn:Lane' && !each.labelTarget);
  }

  // The step moves into the lane of the role; where there is none, one is drawn below the others.
  giveTo(element, role) {
    let lane = this.lanes().find((each) => each.businessObject.name === role);
    if (!lane) {
      const last = this.lanes().sort((one, other) => other.y + other.height - (one.y + one.height))[0];
      const pool = last ?? this.elementRegistry.find((each) => each.type === 'bpmn:Participant');
      if (!pool) return;
      lane = this.modeling.addLane(pool, 'bottom');
      this.modeling.updateProperties(lane, { name: role });
    }
    const { x, y } = this.room.spot(element, lane);
    const by = { x: Math.round(x - element.x), y: Math.round(y - element.y) };
    this.modeling.moveElements([element, ...element.attachers ?? []], by, this.elementRegistry.find((each) => each.type === 'bpmn:Participant'));
  }

  // The process itself: chosen where nothing else is. Its pool bears its name.
  process(element) {
    const pool = element.businessObject.$instanceOf('bpmn:Participant') ? element : this.elementRegistry.find((each) => each.type === 'bpmn:Participant');
    const drawn = pool?.businessObject.processRef ?? element.businessObject;
    const put = (properties) => this.modeling.updateModdleProperties(pool ?? element, drawn, properties);
    const rename = (name) => {
      put({ name });
      if (pool) this.modeling.updateProperties(pool, { name });
    };
    const says = (typed) => put({ documentation: typed ? [this.moddle.create('bpmn:Documentation', { text: typed })] : [] });
    return [
      make('p', { className: 'nhsuk-hint', textContent: `Choose a step, an arrow or a lane to ${this.reads ? 'read' : 'say'} more about it.` }),
      line({ label: 'Name of the process', value: drawn.name ?? '', set: rename, most: this.offer.longest.name }),
      text({ label: 'What it is for', value: drawn.documentation?.[0]?.text ?? '', rows: 5, set: says, most: this.offer.longest.documentation }),
    ];
  }

  lane(element) {
    return this.pick(element, 'name', 'Whose lane is this?', this.offer.roles);
  }

  work(element) {
    const needs = this.offer.attributes[this.get(element, 'accord:action')] ?? [];
    const asked = {
      process: () => this.pick(element, 'accord:process', 'Which process is started?', this.offer.stages),
      for_each: () => this.own(element, 'accord:for_each', 'For each of'),
      letter: () => this.pick(element, 'accord:letter', 'Which letter?', this.offer.letters),
      to: () => several({ label: 'Who is told?', value: this.get(element, 'accord:to').split(/\s+/), options: this.offer.roles, set: (keys) => this.put(element, 'accord:to')(keys.join(' ')) }),
      outcome: () => this.pick(element, 'accord:outcome', 'How does the dispute end?', this.offer.outcomes),
    };
    return [
      this.pick(element, 'accord:action', 'What is done?', this.offer.actions),
      ...needs.map((name) => asked[name]?.() ?? this.own(element, `accord:${name}`, name)),
      this.says(element, 'In words', 'Where people are told something, these are the words.'),
    ];
  }

  clause(element) {
    return line({ label: 'Clause of the policy', hint: 'For example CPFT-7.8.4-a. Several with spaces between them.', value: this.get(element, 'accord:clause'), set: this.put(element, 'accord:clause'), list: 'studio-clauses' });
  }

  definition(element, type) {
    return element.businessObject.eventDefinitions?.find((each) => each.$type === type);
  }

  timer(element) {
    const definition = this.definition(element, 'bpmn:TimerEventDefinition');
    const body = definition.timeDate?.body ?? definition.timeDuration?.body ?? '';
    const value = /^due\("([^"]*)"\)$/.exec(body.trim())?.[1] ?? body;
    const over = choice({ label: 'When which deadline is over?', value, options: this.offer.deadlines, none: 'Choose', set: (key) => waitFor(this, element, key) });
    return this.reads ? over : make('div', {}, over, wayToNewDeadline(element));
  }

  interrupting(element) {
    const set = (on) => this.modeling.updateProperties(element, { cancelActivity: on });
    return tick({ label: 'The step ends when this happens', value: element.businessObject.cancelActivity !== false, set });
  }

  message(element) {
    const holder = this.definition(element, 'bpmn:MessageEventDefinition') ?? element.businessObject;
    const set = (name) => {
      const roots = this.canvas.getRootElement().businessObject.$parent.rootElements;
      let message = roots.find((each) => each.$type === 'bpmn:Message' && each.name === name);
      if (name && !message) {
        message = this.moddle.create('bpmn:Message', { id: `message_${name}`, name });
        message.$parent = this.canvas.getRootElement().businessObject.$parent;
        roots.push(message);
      }
      this.modeling.updateModdleProperties(element, holder, { messageRef: message });
    };
    return choice({ label: 'What is waited for?', value: holder.messageRef?.name ?? '', options: this.offer.messages, set });
  }

  script(element) {
    return text({ label: 'Values', hint: 'One on each line, such as late = days_between(case.asked_on, case.answered_on) > 28', value: this.get(element, 'script'), set: this.put(element, 'script') });
  }

  flow(element) {
    const gateway = element.source;
    if (!CHOOSING.includes(gateway?.type) || gateway.outgoing.length < 2) return [];
    const otherwise = gateway.businessObject.default === element.businessObject;
    const becomes = (on) => {
      if (on) this.condition(element, '');
      this.modeling.updateProperties(gateway, { default: on ? element.businessObject : undefined });
    };
    return [tick({ label: 'The way when no other condition holds', value: otherwise, set: becomes }), otherwise ? null : this.when(element)];
  }

  condition(element, body) {
    const conditionExpression = body ? this.moddle.create('bpmn:FormalExpression', { body }) : undefined;
    if (conditionExpression) conditionExpression.$parent = element.businessObject;
    this.modeling.updateProperties(element, { conditionExpression });
  }

  // What a case may know: what the whole release asks, and what has just been drawn here.
  facts() {
    const known = new Map(this.offer.facts.map((fact) => [fact.key, fact]));
    for (const fact of asked(this.elementRegistry.filter((each) => each.type === 'bpmn:UserTask'))) known.set(fact.key, fact);
    return [...known.values()].sort((one, other) => one.label.localeCompare(other.label));
  }

  // The case goes this way when …: chosen from what it knows, or typed.
  when(element) {
    const facts = this.facts();
    const typed = element.businessObject.conditionExpression?.body ?? '';
    const now = this.choosing?.element === element ? this.choosing : { ...taken(typed), element };
    const fact = facts.find((each) => each.key === now.key);
    const set = (change) => {
      const before = this.choosing?.element === element ? this.choosing : { ...taken(element.businessObject.conditionExpression?.body ?? ''), element };
      this.choosing = { ...before, ...change };
      const chosen = facts.find((each) => each.key === this.choosing.key);
      if (chosen && !comparisons(chosen).some(([sign]) => sign === this.choosing.sign)) this.choosing.sign = '==';
      const body = chosen ? written(chosen, this.choosing.sign, this.choosing.value ?? '') : '';
      if (body) {
        this.choosing = null;
        this.condition(element, body);
      } else this.show(element);
    };
    const values = fact && !now.sign?.endsWith('None') ? this.value(fact, now.value ?? '', set) : null;
    return make('div', {},
      make('h3', { className: 'nhsuk-heading-xs', textContent: 'The case goes this way when' }),
      choice({ label: 'This is known', value: now.key ?? '', options: facts.map((each) => [each.key, each.label]), none: 'Choose', set: (key) => set({ key, value: '' }) }),
      fact ? choice({ label: 'How it compares', value: now.sign ?? '==', options: comparisons(fact), none: null, set: (sign) => set({ sign }) }) : null,
      values,
      fold('Type the condition', Boolean(typed) && !taken(typed),
        text({ label: 'Condition', hint: 'For example case.days > 28 and case.agreed == False', value: typed, set: (body) => { this.choosing = null; this.condition(element, body); } })));
  }

  value(fact, value, set) {
    if (fact.options.length) return choice({ label: 'Which answer', value, options: fact.options, none: 'Choose', set: (key) => set({ value: key }) });
    return line({ label: 'Which value', hint: fact.type === 'date' ? 'A date such as 2027-03-31.' : '', value, set: (typed) => set({ value: typed }) });
  }
}
