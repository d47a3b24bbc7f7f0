import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Block } from './blocks.ts';
import type { Place } from './place.ts';

interface RibbonsProps {
  readonly blocks: readonly Block[];
  readonly place: Place | null;
}

interface Shape {
  readonly height: number;
  readonly width: number;
  readonly paths: readonly { readonly path: string; readonly block: Block }[];
}

/** Top and bottom of lines in a pane, from the top of the drawing. */
function extent(pane: string, [first, last]: readonly [number, number], top: number): readonly [number, number] {
  const rectangle = (line: number): DOMRect | undefined =>
    document.getElementById(`${pane}-${line}`)?.getBoundingClientRect();
  return [(rectangle(first)?.top ?? top) - top, (rectangle(last)?.bottom ?? top) - top];
}

/** Bands from where lines stood to where they stand. A picture of what the lines say themselves when they are chosen. */
export function Ribbons({ blocks, place }: RibbonsProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const [shape, setShape] = useState<Shape>({ height: 0, width: 0, paths: [] });
  useLayoutEffect(() => {
    const holder = drawing.current?.parentElement;
    if (holder === null || holder === undefined) return;
    const draw = (): void => {
      const { top, width, height } = holder.getBoundingClientRect();
      if (width === 0) return;
      const paths = blocks.map((block) => {
        const [a, b] = extent('old', block.old, top);
        const [c, d] = extent('new', block.new, top);
        const half = width / 2;
        return {
          block,
          path: `M0 ${a}C${half} ${a} ${half} ${c} ${width} ${c}V${d}C${half} ${d} ${half} ${b} 0 ${b}Z`,
        };
      });
      setShape({ width, height, paths });
    };
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(holder);
    return () => watch.disconnect();
  }, [blocks]);
  const isLit = ({ old, new: now }: Block): boolean => {
    if (place === null) return false;
    const [first, last] = place.pane === 'old' ? old : now;
    return first <= place.line && place.line <= last;
  };
  return (
    <div class="ribbons">
      <svg
        aria-hidden="true"
        ref={drawing}
        width={shape.width}
        height={shape.height}
        viewBox={`0 0 ${shape.width} ${shape.height}`}
      >
        {shape.paths.map(({ path, block }) => (
          <path key={`${block.old[0]}-${block.new[0]}`} d={path} class={`side-${block.side}`} data-lit={isLit(block)} />
        ))}
      </svg>
    </div>
  );
}
