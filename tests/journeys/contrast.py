"""Whether text stands out from its ground, judged once for each way in which it is set.

What axe says of contrast follows from the colours, the size and the weight of a text and from
the grounds it stands on, and finding it takes most of the time of a look at a page.  So a look
that axe found legible is not judged again wherever the browser reckons the same.
"""

#: How texts were set that axe found legible.
PROVEN = set()
#: Judges the texts of the open page that are set as none of the ``proven``; gives what axe
#: complains of, and how those are set that it found legible.  What it cannot tell stays unproven.
JUDGE = """async ([options, proven]) => {
  const met = new Set(proven), grounds = new Map();
  const ground = (one) => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const drawn = getComputedStyle(one), under = ground(one.parentElement);
      const own = "|" + [drawn.backgroundColor, drawn.backgroundImage, drawn.opacity,
        drawn.position, drawn.filter, drawn.mixBlendMode, drawn.clipPath].join();
      grounds.set(one, under.endsWith(own) ? under : under + own);
    }
    return grounds.get(one);
  };
  const look = (one) => {
    const drawn = getComputedStyle(one);
    return [drawn.color, drawn.fontSize, drawn.fontWeight, drawn.textShadow, ground(one)].join();
  };
  const says = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const include = [...document.body.querySelectorAll("*")].filter(
    (one) => says(one) && one.checkVisibility() && !met.has(look(one)));
  if (!include.length) return [[], []];
  const {violations, passes} = await axe.run({include}, {...options, elementRef: true,
    runOnly: ["color-contrast"], resultTypes: ["violations", "passes"]});
  const legible = passes.flatMap((rule) => rule.nodes).map((node) => look(node.element));
  violations.forEach((rule) => rule.nodes.forEach((node) => delete node.element));
  return [violations, [...new Set(legible)]];
}"""


def dim_texts(page, options):
    """What axe, with ``options``, complains of in the texts of ``page``, which has axe in it."""
    violations, legible = page.evaluate(JUDGE, [options, sorted(PROVEN)])
    PROVEN.update(legible)
    return violations
