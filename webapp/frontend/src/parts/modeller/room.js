// Room for what is newly drawn: it stands wholly in one lane, and over nothing that is there. On an arrow the drawing
// moves apart for it; elsewhere it goes to the nearest free place of its lane, and only where there is none things move.
// What is added after an element that leads on comes between it and what follows: only at a gateway ways part.
import { getNewShapePosition } from 'bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil';
import { bottom, grown, meet, middleOf, pieces, right, stands } from './places.js';

const GAP = 20;       // pixels around each element
const APART = 40;     // pixels between two that follow each other
const INSET = 10;     // pixels from the edge of a lane
const TITLE = 30;     // pixels at the left of a lane, which hold its title
const WORDS = 25;     // pixels below something small, which hold its name
const REACH = 200;    // how far a free place is looked for, in pixels
const PACE = 10;

export class Room {
  static $inject = ['eventBus', 'elementRegistry', 'spaceTool'];

  constructor(eventBus, elementRegistry, spaceTool) {
    Object.assign(this, { elementRegistry, spaceTool });
    eventBus.on('commandStack.elements.create.preExecute', 2000, ({ context }) => {
      const [shape, ...others] = context.elements;
      if (!others.length && stands(shape) && !context.hints?.attach) context.position = this.place(shape, context.position, context.parent);
    });
    eventBus.on('commandStack.shape.append.preExecute', 500, ({ context }) => {
      const { shape, source, target, position, hints, connection: carried } = context;
      if (!stands(shape) || hints?.attach) return;
      const way = onlyWay(source);
      const between = way && !carried && (source.host ? this.under(source, shape, way) : this.after(source, shape, way));
      context.position = between || this.place(shape, position, target ?? source.parent, source.host);
      if (way) context.target = way;
    });
    eventBus.on('commandStack.elements.move.preExecute', 2000, ({ context }) => this.settle(context));
    eventBus.on('autoPlace', 3000, ({ source, shape }) => (stands(shape) ? this.behind(source, shape) : undefined));
  }

  // The middle of where a new shape comes to stand; makes the room for it. `host`: the step at whose edge it begins.
  place(shape, middle, target, host) {
    const asked = boxAt(shape, middle);
    const lane = this.laneOf(host ?? asked);
    const box = inside(asked, lane);
    const free = target?.waypoints ? null : this.near(box, lane, Boolean(host));
    return middleOf(free ?? (host && lane ? this.deeper(asked, lane) : this.apart(box, lane)));
  }

  // The place right after a source that leads on: what follows makes room.
  after(source, shape, { target }) {
    const lane = this.laneOf(source);
    const box = this.apart(boxAt(shape, nextTo(source, shape)), lane);
    const [least, ahead] = [right(box) + APART, target.x >= right(source)];
    if (ahead && target.x < least) this.open('x', target.x - 1, least - target.x);
    return middleOf(box);
  }

  // The place under an event at the edge of a step, where what it leads to stands below it: that moves down.
  under(source, shape, { target }) {
    const lane = this.laneOf(source.host);
    if (target.y < bottom(source) || this.laneOf(target) !== lane) return null;
    const box = inside(boxAt(shape, { x: source.x + source.width / 2, y: target.y + shape.height / 2 }), lane);
    this.open('y', target.y - 1, shape.height + APART);
    return middleOf(this.free(box, lane, false) ?? box);
  }

  // Where something comes to stand in a lane that it is given to.
  spot(shape, lane) {
    const box = inside({ ...sizes(shape), x: shape.x, y: lane.y + (lane.height - shape.height) / 2 }, lane);
    return this.near(box, lane, true, shape) ?? this.apart(box, lane, shape);
  }

  // The place behind a source, in its own lane.
  behind(source, shape) {
    const lane = this.laneOf(source.host ?? source);
    if (onlyWay(source) && !source.host) return nextTo(source, shape);
    const aside = source.outgoing.length || source.host;
    const box = inside(boxAt(shape, aside ? getNewShapePosition(source, shape, this.elementRegistry) : nextTo(source, shape)), lane);
    return middleOf(this.free(box, lane, true) ?? box);
  }

  // Something moved by hand comes to stand wholly in one lane, too.
  settle({ shapes, delta, hints }) {
    if (shapes.length !== 1 || !hints?.primaryShape || hints.attach || !stands(shapes[0])) return;
    const [shape] = shapes;
    const moved = { ...sizes(shape), x: shape.x + delta.x, y: shape.y + delta.y };
    delta.y += inside(moved, this.laneOf(moved)).y - moved.y;
  }

  // The lane that holds most of a box.
  laneOf(box) {
    const shared = (lane) => Math.max(0, Math.min(bottom(lane), bottom(box)) - Math.max(lane.y, box.y)) * Number(box.x < right(lane) && right(box) > lane.x);
    const lanes = this.elementRegistry.filter((each) => each.type === 'bpmn:Lane').filter((lane) => shared(lane) > 0);
    return lanes.sort((one, other) => shared(other) - shared(one))[0] ?? null;
  }

  // What nothing may lie over: elements and the words beside them; with `arrows` these too.
  taken(arrows, but) {
    const own = (each) => but && [each, each.labelTarget, each.host].includes(but);
    const shapes = this.elementRegistry.filter((each) => (stands(each) || each.labelTarget || each.host) && !own(each) && !each.hidden);
    const flows = arrows ? this.elementRegistry.filter((each) => each.waypoints && each.source !== but && each.target !== but) : [];
    return [...shapes.filter((each) => !each.waypoints), ...flows.flatMap(pieces)];
  }

  // The place itself where it is free; else the nearest one, if possible over no arrow. `arrows`: nor may the place itself be.
  near(box, lane, arrows, but) {
    const found = this.free(box, lane, arrows, but);
    const stays = found && found.x === box.x && found.y === box.y;
    return stays ? found : this.free(box, lane, true, but) ?? found ?? this.free(box, lane, false, but);
  }

  // The nearest place that is free, within reach and within the lane; null where there is none.
  free(box, lane, arrows, but) {
    const taken = this.taken(arrows, but);
    const fits = (each) => taken.every((other) => !meet(grown(each, other.arrow ? INSET : GAP), other));
    const moved = ([x, y]) => ({ ...box, x: box.x + x, y: box.y + y });
    return around().map(moved).find((each) => holds(lane, worded(each)) && fits(worded(each))) ?? null;
  }

  // Moves apart what stands in the row, so that the box fits between.
  apart(asked, lane, but) {
    const wide = (box) => ({ x: box.x - APART, width: box.width + 2 * APART, y: box.y - GAP / 2, height: box.height + GAP });
    const row = (box) => this.elementRegistry.filter((each) => stands(each) && each !== but && meet(wide(box), each));
    const middle = asked.x + asked.width / 2;
    const before = row(asked).filter((each) => each.x + each.width / 2 < middle);
    const box = { ...asked, x: Math.max(asked.x, ...before.map((each) => right(each) + APART)) };
    const behind = row(box).filter((each) => !before.includes(each));
    if (behind.length) {
      const first = Math.min(...behind.map((each) => each.x));
      this.open('x', first - 1, right(box) + APART - first);
    }
    if (lane && right(box) + GAP > right(lane)) this.open('x', right(lane) - 1, right(box) + GAP - right(lane));
    return box;
  }

  // Makes a lane deeper, so that the box fits below what stands in it.
  deeper(box, lane) {
    const under = Math.max(box.y, ...this.taken(false).filter((each) => meet(grown({ ...box, height: bottom(lane) - box.y }, GAP), each)).map((each) => bottom(each) + GAP));
    const need = under + worded(box).height + GAP - bottom(lane);
    if (need > 0) this.open('y', bottom(lane) - 1, need);
    return { ...box, y: under };
  }

  open(axis, start, need) {
    const whole = Math.ceil(need);
    const parts = this.elementRegistry.filter((each) => each.parent);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(parts, axis, whole, start);
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: 0, y: 0, [axis]: whole }, axis === 'x' ? 'e' : 's', start);
  }
}

// The one way out of what is no gateway; null where there is none, or several.
export function onlyWay(source) {
  const ways = source.outgoing.filter((each) => each.type === 'bpmn:SequenceFlow');
  return ways.length === 1 && !source.businessObject.$instanceOf('bpmn:Gateway') ? ways[0] : null;
}

const nextTo = (source, shape) => ({ x: right(source) + APART + shape.width / 2, y: source.y + source.height / 2 });
const sizes = ({ width, height }) => ({ width, height });
const worded = (box) => (box.height < 60 ? { ...box, height: box.height + WORDS } : box);
const boxAt = ({ width, height }, { x, y }) => ({ x: x - width / 2, y: y - height / 2, width, height });
const between = (value, least, most) => (most < least ? (least + most) / 2 : Math.min(Math.max(value, least), most));

// The same box, wholly in the lane.
function inside(box, lane) {
  if (!lane) return box;
  return {
    ...box,
    x: between(box.x, lane.x + TITLE + INSET, right(lane) - INSET - box.width),
    y: between(box.y, lane.y + INSET, bottom(lane) - INSET - box.height),
  };
}

const holds = (lane, box) => !lane || (['x', 'y'].every((axis) => Math.abs(inside(box, lane)[axis] - box[axis]) < 1));

// Steps away from a place, the nearest first.
function around() {
  const line = Array.from({ length: (2 * REACH) / PACE + 1 }, (_, place) => place * PACE - REACH);
  return line.flatMap((x) => line.map((y) => [x, y])).sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
}
