// Boxes on the drawing, and what is asked of them: {x, y, width, height}, in its own pixels.
export const right = (box) => box.x + box.width;
export const bottom = (box) => box.y + box.height;
export const middleOf = ({ x, y, width, height }) => ({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) });
export const grown = ({ x, y, width, height }, by) => ({ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by });
export const meet = (one, other) => one.x < right(other) && right(one) > other.x && one.y < bottom(other) && bottom(one) > other.y;

// What stands in the flow: steps, gateways and events, but for those at the edge of a step.
export const stands = (each) => isNode(each) && each.type !== 'bpmn:BoundaryEvent';
export const isNode = (each) => !each.waypoints && !each.labelTarget && Boolean(each.businessObject?.$instanceOf?.('bpmn:FlowNode'));

// The pieces of an arrow as boxes without breadth.
export function pieces({ waypoints }) {
  return waypoints.slice(1).map((end, place) => {
    const start = waypoints[place];
    return { arrow: true, x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
  });
}
