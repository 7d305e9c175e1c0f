// The questions of a step: its fields in their order, each with what it asks and takes.
import { button, choice, fold, line, make, text, tick } from './boxes.js';
import { named } from './naming.js';

const CHOICES = ['choice', 'several'];
const LIMITED = ['number', 'date', 'time'];
const ASKED_BY = ['choice', 'yes_no'];

export function fieldsOf(element) {
  return element.businessObject.extensionElements?.get('values').filter((value) => value.$type === 'accord:Field') ?? [];
}

// What the panel shows of a step's fields. `change(fields)` keeps them in that order; `set(field, properties)` changes one.
export function fields(element, offer, { moddle, change, set, open }) {
  const drawn = fieldsOf(element);
  const taken = (key) => drawn.some((field) => field.key === key) || offer.facts.some((fact) => fact.key === key);
  const add = () => {
    const key = named(`question ${drawn.length + 1}`, taken);
    change([...drawn, moddle.create('accord:Field', { key, type: 'text', label: '' })], key);
  };
  const parts = drawn.map((field, place) => one(field, place));
  return make('div', {},
    make('h3', { className: 'nhsuk-heading-xs', textContent: 'What is asked' }),
    drawn.length ? null : make('p', { className: 'nhsuk-hint', textContent: 'Nothing yet: the step is completed with one button.' }),
    ...parts,
    button('Add a question', add, 'nhsuk-button nhsuk-button--secondary nhsuk-button--small'));

  function one(field, place) {
    const put = (name) => (value) => set(field, { [name]: value || undefined });
    const moved = (by) => () => {
      const order = drawn.filter((each) => each !== field);
      order.splice(place + by, 0, field);
      change(order, field.key);
    };
    const label = (value) => {
      const key = /^question_\d+(_\d+)?$/.test(field.key) && value ? named(value, taken) : field.key;
      set(field, { label: value, key }, key);
    };
    return fold(field.label || 'A question without words', open === field.key,
      line({ label: 'Question', value: field.label, set: label, most: offer.longest.label }),
      line({ label: 'Hint', value: field.hint, set: put('hint'), most: offer.longest.hint }),
      choice({ label: 'Kind of answer', value: field.type, options: offer.field_types, none: null, set: put('type') }),
      CHOICES.includes(field.type) ? text({
        label: 'Answers', hint: 'One on each line.', rows: 4, value: words(field.options ?? ''), set: (value) => set(field, { options: options(value, field.options ?? '') }),
      }) : null,
      tick({ label: 'An answer is needed', value: field.required === 'true', set: (on) => set(field, { required: on ? 'true' : undefined }) }),
      LIMITED.includes(field.type) ? line({ label: 'At least', hint: field.type === 'date' ? 'A date such as 2027-03-31, or today.' : '', value: field.min, set: put('min') }) : null,
      LIMITED.includes(field.type) ? line({ label: 'At most', value: field.max, set: put('max') }) : null,
      needed(field),
      line({
        label: 'Name in conditions and letters', hint: 'Conditions read it as case.name. Changing it does not change them.', value: field.key, set: (value) => set(field, { key: value }, value),
      }),
      make('div', { className: 'app-panel__row' },
        place > 0 ? button('Move up', moved(-1)) : null,
        place < drawn.length - 1 ? button('Move down', moved(1)) : null,
        button('Remove this question', () => change(drawn.filter((each) => each !== field)))));
  }

  // Asked only with certain answers to another question of the step.
  function needed(field) {
    const others = drawn.filter((other) => other !== field && ASKED_BY.includes(other.type));
    if (!others.length && !field.when) return null;
    const all = others.flatMap((other) => answers(other).map(([key, label]) => [`${other.key}: ${key}`, `“${other.label}”: ${label}`]));
    return choice({ label: 'Needed only with', value: field.when ?? '', options: all, none: 'Any answers', set: (value) => set(field, { when: value || undefined }) });
  }
}

// What the steps of a drawing ask, as conditions may look at it.
export function asked(steps) {
  return steps.flatMap(fieldsOf).filter((field) => field.label).map(({ key, label, type, options: drawn }) => ({
    key, label, type, options: type === 'yes_no' ? [['True', 'Yes'], ['False', 'No']] : pairs(drawn ?? ''),
  }));
}

function answers(field) {
  return field.type === 'yes_no' ? [['yes', 'Yes'], ['no', 'No']] : pairs(field.options ?? '');
}

function pairs(drawn) {
  return drawn.split(';').filter((part) => part.trim()).map((part) => {
    const [key, ...label] = part.split(':');
    return [key.trim(), label.join(':').trim()];
  });
}

function words(drawn) {
  return pairs(drawn).map(([, label]) => label).join('\n');
}

// Answers as they are drawn: those that were there keep their keys, for conditions read them. ; parts one from another.
function options(typed, before) {
  const known = new Map(pairs(before).map(([key, label]) => [label, key]));
  const used = new Set();
  return typed.split('\n').map((each) => each.replaceAll(';', ',').trim()).filter(Boolean).map((label) => {
    const key = known.get(label) ?? named(label, (id) => used.has(id));
    used.add(key);
    return `${key}: ${label}`;
  }).join('; ');
}
