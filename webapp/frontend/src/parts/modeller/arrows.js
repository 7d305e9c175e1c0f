// An arrow that is drawn with the tool begins once the button is let go over its source, or is dragged away from it.
// The library waits until the pointer leaves the source; where something opens under the pointer in the meantime, it
// takes that for leaving, and the button that is then let go for the end of the arrow: none is drawn.
const AWAY = 5;   // pixels

export class Arrows {
  static $inject = ['eventBus', 'globalConnect', 'connect'];

  constructor(eventBus, globalConnect, connect) {
    eventBus.on('global-connect.ended', 2000, ({ context: { startTarget }, originalEvent, x, y }) => {
      if (!globalConnect.canStartConnect(startTarget)) return undefined;
      const begin = () => {
        eventBus.once(['connect.ended', 'connect.canceled'], () => eventBus.fire('global-connect.drag.ended'));
        connect.start(null, startTarget, { x, y });
      };
      if (originalEvent?.type === 'mousedown') letGo(originalEvent, begin);
      else begin();
      return false;
    });
  }
}

function letGo({ clientX, clientY }, then) {
  const done = () => {
    document.removeEventListener('mouseup', done, true);
    document.removeEventListener('mousemove', moved, true);
    then();
  };
  const moved = (event) => {
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > AWAY) done();
  };
  document.addEventListener('mouseup', done, true);
  document.addEventListener('mousemove', moved, true);
}
