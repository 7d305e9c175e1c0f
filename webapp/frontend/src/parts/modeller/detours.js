// Arrows go round what stands in their way. The library leads them by few bends and looks at nothing else; so once
// something was done, each arrow that newly crosses a step is led anew: past it, over as few words and arrows as can be;
// and so is a new one that runs on another. What an arrow crossed before, and what somebody bends by hand, stays.
import { bottom, grown, isNode, meet, middleOf, pieces, right } from './places.js';

const CLEAR = 5;      // pixels between an arrow and what it passes
const BESIDE = 20;    // pixels beside a shape, where arrows pass it
const [BEND, BACKWARDS, UPRIGHT] = [45, 60, 18];    // what costs so many pixels: a bend, to leave or come the wrong way, up or down
const [ALONG, APART, WORDS] = [4, 6, 80];           // what a pixel on another line costs, which is that near; and words
const MOST = 20000;   // ways that are looked at for one arrow

export class Detours {
  static $inject = ['eventBus', 'elementRegistry', 'modeling'];

  constructor(eventBus, elementRegistry, modeling) {
    Object.assign(this, { elementRegistry, modeling });
    let [depth, before] = [0, null];
    eventBus.on('commandStack.preExecute', 5000, () => {
      if (depth === 0) before = new Map(this.flows().map((flow) => [flow, { source: flow.source, target: flow.target, where: this.crossing(flow) }]));
      depth += 1;
    });
    eventBus.on('commandStack.postExecuted', 100, ({ command }) => {
      if (depth === 1 && command !== 'connection.updateWaypoints') this.mend(before);
      depth -= 1;
    });
    eventBus.on('commandStack.changed', () => { depth = 0; });
  }

  mend(before) {
    for (const flow of this.flows()) {
      const [was, where] = [before.get(flow), this.crossing(flow)];
      const led = was?.source === flow.source && was.target === flow.target;
      if (where ? where !== was?.where : !led && this.shared(flow) > APART) this.lead(flow);
    }
  }

  lead(flow) {
    const way = this.around(flow);
    if (way) this.modeling.updateWaypoints(flow, way);
  }

  flows() {
    return this.elementRegistry.filter((each) => each.type === 'bpmn:SequenceFlow' && each.waypoints);
  }

  // Where an arrow runs that crosses a step; empty where it crosses none.
  crossing(flow) {
    return crosses(flow.waypoints, flow, this.elementRegistry.filter(isNode), -1) ? JSON.stringify(flow.waypoints.map(({ x, y }) => [x, y])) : '';
  }

  // How many pixels of an arrow lie on others that neither come from where it comes from nor lead where it leads.
  shared(flow) {
    const others = this.flows().filter((each) => each.source !== flow.source && each.target !== flow.target).flatMap(pieces);
    return pieces(flow).reduce((sum, piece) => sum + others.reduce((all, other) => all + together(piece, other), 0), 0);
  }

  // The cheapest way that crosses no step; null where there is none.
  around(flow) {
    const walls = this.elementRegistry.filter(isNode);
    const pool = this.elementRegistry.find((each) => each.type === 'bpmn:Participant');
    const lanes = this.elementRegistry.filter((each) => each.type === 'bpmn:Lane');
    const lines = [...this.flows().filter((each) => each !== flow).flatMap(pieces), ...lanes.flatMap(borders)];
    const words = this.elementRegistry.filter((each) => each.labelTarget && each.labelTarget !== flow && !each.hidden);
    let best = null;
    for (const { way, cost } of ways(flow, walls, pool)) {
      if (best && cost >= best.cost) break;
      if (crosses(way, flow, walls, CLEAR)) continue;
      const whole = cost + disturbed(way, lines, words);
      if (!best || whole < best.cost) best = { way, cost: whole };
    }
    return best && [{ ...best.way[0], original: middleOf(flow.source) }, ...best.way.slice(1, -1), { ...best.way.at(-1), original: middleOf(flow.target) }];
  }
}

// Ways out of a side of the source, along one line beside some shape, into a side of the target: the cheapest first.
function ways({ source, target }, walls, pool) {
  const lines = (axis, end) => walls.flatMap((each) => [each[axis] - BESIDE, end(each) + BESIDE]).filter((at) => !pool || (at > pool[axis] && at < end(pool)));
  const [xs, ys] = [lines('x', right), lines('y', bottom)];
  const pairs = sides(source).flatMap((from) => sides(target).map((to) => [from, to]));
  const found = pairs.flatMap(([from, to]) => {
    const price = UPRIGHT * (Math.abs(from.dy) + Math.abs(to.dy)) + BACKWARDS * (Number(from.dx < 0) + Number(to.dx > 0));
    const [start, end] = [out(from), out(to)];
    const upright = [start.x, end.x, ...xs].map((x) => [{ x, y: start.y }, { x, y: end.y }]);
    const level = [start.y, end.y, ...ys].map((y) => [{ x: start.x, y }, { x: end.x, y }]);
    return [...upright, ...level].map((between) => straight([from, start, ...between, end, to])).filter(Boolean)
      .map((way) => ({ way, cost: price + long(way) + BEND * (way.length - 2) }));
  });
  return found.sort((one, other) => one.cost - other.cost).slice(0, MOST);
}

// The middle of each side of a shape, and which way leads out there.
function sides(shape) {
  const { x, y } = middleOf(shape);
  return [{ x: right(shape), y, dx: 1, dy: 0 }, { x: shape.x, y, dx: -1, dy: 0 }, { x, y: bottom(shape), dx: 0, dy: 1 }, { x, y: shape.y, dx: 0, dy: -1 }];
}

const out = ({ x, y, dx, dy }) => ({ x: x + BESIDE * dx, y: y + BESIDE * dy });

// Without the points between which it does not turn; null where it would turn back on itself.
function straight(points) {
  const found = [];
  for (const { x, y } of points) {
    const [before, here] = found.slice(-2);
    const last = here ?? before;
    if (last && last.x === x && last.y === y) continue;
    if (here && (before.x - here.x) * (here.y - y) === (before.y - here.y) * (here.x - x)) {
      if ((here.x - before.x) * (x - here.x) + (here.y - before.y) * (y - here.y) < 0) return null;
      found.pop();
    }
    found.push({ x, y });
  }
  return found;
}

const long = (way) => pieces({ waypoints: way }).reduce((sum, { width, height }) => sum + width + height, 0);

// An arrow leaves its own ends by its first and its last piece, and never runs through them.
function crosses(way, { source, target }, walls, by) {
  return pieces({ waypoints: way }).some((piece, place, all) => walls.some((wall) => meet(piece, grown(wall, by))
    && !(wall === source && place === 0) && !(wall === target && place === all.length - 1)));
}

// What it costs to run over other lines and over words.
function disturbed(way, lines, words) {
  return pieces({ waypoints: way }).reduce((sum, piece) => sum + lines.reduce((all, line) => all + ALONG * together(piece, line), 0)
    + WORDS * words.filter((each) => meet(piece, each)).length, 0);
}

// How many pixels two pieces run side by side, or on each other.
function together(one, other) {
  const along = (axis, size, across, thickness) => (one[thickness] || other[thickness] || Math.abs(one[across] - other[across]) > APART
    ? 0 : Math.max(0, Math.min(one[axis] + one[size], other[axis] + other[size]) - Math.max(one[axis], other[axis])));
  return along('x', 'width', 'y', 'height') + along('y', 'height', 'x', 'width');
}

const borders = ({ x, y, width, height }) => [y, y + height].map((at) => ({ x, y: at, width, height: 0 }));
