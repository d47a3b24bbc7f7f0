import type { PackagePurpose } from '../package.ts';

/**
 * What a package is for by the distribution's rules for names. Debian: https://www.debian.org/doc/debian-policy/ch-sharedlibs.html,
 * https://www.debian.org/doc/packaging-manuals/python-policy/, https://wiki.debian.org/Fonts; Ubuntu keeps them.
 */
const RULES: readonly (readonly [RegExp, PackagePurpose])[] = [
  [
    /^(libreoffice|thunderbird|firefox|chromium|gnome|kde|xfce4?|lx(qt|de)|mate|ubuntu-desktop|xserver|xorg)(-|$)/,
    'desktop',
  ],
  [/-(doc|docs|examples)$|^manpages/, 'documentation'],
  [/^(fonts|xfonts|ttf|otf|hunspell|aspell|myspell|language-pack|texlive|tesseract-ocr|dict|wordlist|task)-/, 'data'],
  [/-(dbg|dbgsym)$/, 'tool'],
  [/^linux-(image|headers|modules|tools)-/, 'system'],
  [/^(python|php|ruby|nodejs|perl|lua|erlang|golang|r|ocaml|elpa|openjdk|pypy)[\d.]*(-|$)|^node-/, 'language'],
  [/^(postgresql|mysql|mariadb|nginx|apache2|tomcat\d*|redis|rabbitmq|mongodb|elasticsearch)(-|$)/, 'service'],
  [/^(lib[a-z\d]|gir1\.2-|gstreamer[\d.]+-|qml-module-)/, 'library'],
];

/** What the name of a package tells of its purpose; null where it tells nothing. */
export function namePurpose(name: string): PackagePurpose | null {
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
