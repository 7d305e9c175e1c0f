// The drawing slides along while something is carried to its edge; but not before it has been carried away from the
// edge once: the tools stand there, and what is taken from them begins its way there.
import BaseAutoScroll from 'diagram-js/lib/features/auto-scroll/AutoScroll';

const AWAY = 90;   // pixels from the edge, which is beyond the tools

export class AutoScroll extends BaseAutoScroll {
  static $inject = BaseAutoScroll.$inject;

  constructor(config, eventBus, canvas) {
    super(config, eventBus, canvas);
    this.away = false;
    eventBus.on('drag.init', () => { this.away = false; });
  }

  startScroll(point) {
    const { width, height } = this._canvas.getContainer().getBoundingClientRect();
    this.away ||= Math.min(point.x, point.y, width - point.x, height - point.y) > AWAY;
    if (this.away) super.startScroll(point);
  }
}
