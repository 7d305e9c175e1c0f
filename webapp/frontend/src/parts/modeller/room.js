// Room for what is newly drawn: it stands wholly in one lane, and over nothing that is there. On an arrow the drawing
// moves apart for it; elsewhere it goes to the nearest free place of its lane, and only where there is none things move.
import { getNewShapePosition } from 'bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil';

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
      const { shape, source, target, position, hints } = context;
      if (stands(shape) && !hints?.attach) context.position = this.place(shape, position, target ?? source.parent, source.host);
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

  // Where something comes to stand in a lane that it is given to.
  spot(shape, lane) {
    const box = inside({ ...sizes(shape), x: shape.x, y: lane.y + (lane.height - shape.height) / 2 }, lane);
    return this.near(box, lane, true, shape) ?? this.apart(box, lane, shape);
  }

  // The place behind a source, in its own lane.
  behind(source, shape) {
    const lane = this.laneOf(source.host ?? source);
    const follows = source.outgoing.length || source.host;
    const middle = follows
      ? getNewShapePosition(source, shape, this.elementRegistry)
      : { x: source.x + source.width + APART + shape.width / 2, y: source.y + source.height / 2 };
    const box = inside(boxAt(shape, middle), lane);
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

const stands = (each) => !each.waypoints && !each.labelTarget && each.type !== 'bpmn:BoundaryEvent' && Boolean(each.businessObject?.$instanceOf?.('bpmn:FlowNode'));
const right = (box) => box.x + box.width;
const bottom = (box) => box.y + box.height;
const sizes = ({ width, height }) => ({ width, height });
const worded = (box) => (box.height < 60 ? { ...box, height: box.height + WORDS } : box);
const boxAt = ({ width, height }, { x, y }) => ({ x: x - width / 2, y: y - height / 2, width, height });
const middleOf = ({ x, y, width, height }) => ({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) });
const grown = ({ x, y, width, height }, by) => ({ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by });
const meet = (one, other) => one.x < right(other) && right(one) > other.x && one.y < bottom(other) && bottom(one) > other.y;
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

// The pieces of an arrow as boxes without breadth.
function pieces({ waypoints }) {
  return waypoints.slice(1).map((end, place) => {
    const start = waypoints[place];
    return { arrow: true, x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
  });
}

// Steps away from a place, the nearest first.
function around() {
  const line = Array.from({ length: (2 * REACH) / PACE + 1 }, (_, place) => place * PACE - REACH);
  return line.flatMap((x) => line.map((y) => [x, y])).sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
}
