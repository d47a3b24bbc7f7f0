import {
  type Command,
  type CommandNode,
  type CompoundCommand,
  type CompoundList,
  type ParsedScript,
  parse,
  type Redirection,
  type WordPart as SourcePart,
  type Statement,
  type TestExpression,
  type Word,
} from 'unbash';
import type { Span } from './document.ts';
import { defaultLimits } from './limits.ts';
import type {
  ShellAssignment,
  ShellError,
  ShellNode,
  ShellRedirect,
  ShellScript,
  ShellWord,
  WordPart,
} from './shell.ts';

type Source = CommandNode | Statement['command'];

/**
 * Reads a shell script. Never throws: what cannot be read is an error with its offset. What is nested deeper than the limit
 * is not read either, so that whoever walks the result needs no care for the stack.
 */
export function parseShell(text: string, nesting = defaultLimits.nesting): ShellScript | ShellError {
  try {
    const script = parse(text);
    const error = script.errors?.[0];
    if (error !== undefined) return { message: error.message, offset: error.pos };
    const converted = convert(script, text);
    // A level takes two characters at the least.
    return text.length > nesting * 2 && depthOf(converted.body, nesting) > nesting
      ? { message: `it is nested deeper than ${nesting} levels`, offset: 0 }
      : converted;
  } catch (error) {
    return { message: error instanceof Error ? error.message : 'it cannot be read', offset: 0 };
  }
}

/**
 * How deep the tree of a script is; counting ends where the limit is passed. Eight links of a chain `a && b && c`, each of
 * which holds those before it, weigh as much as one level.
 */
function depthOf(body: ShellNode | null, limit: number): number {
  const open: (readonly [ShellNode, number])[] = body === null ? [] : [[body, 1]];
  let deepest = 0;
  const put = (node: ShellNode | null | undefined, depth: number): void => {
    if (node != null) open.push([node, depth]);
  };
  const words = (list: readonly (ShellWord | null)[], depth: number): void => {
    for (const word of list)
      for (const part of word?.parts ?? []) {
        if (part.kind === 'command') put(part.script?.body, depth + 1);
        else if (part.kind === 'variable' && part.operand !== null) words([part.operand], depth + 1);
      }
  };
  for (let next = open.pop(); next !== undefined && deepest <= limit; next = open.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    switch (node.kind) {
      case 'command':
        words([...node.words, ...node.assignments.map((one) => one.value)], depth);
        words(
          node.redirects.map((one) => one.target ?? one.expanded),
          depth,
        );
        break;
      case 'and':
      case 'or':
        put(node.left, depth + 1 / 8);
        put(node.right, depth + 1 / 8);
        break;
      case 'sequence':
      case 'pipeline':
        for (const item of node.items) put(item, depth + 1);
        break;
      case 'while':
      case 'until':
        put(node.test, depth + 1);
        put(node.body, depth + 1);
        break;
      case 'if':
        for (const branch of node.branches) for (const part of [branch.test, branch.body]) put(part, depth + 1);
        put(node.otherwise, depth + 1);
        break;
      case 'case':
        for (const branch of node.branches) put(branch.body, depth + 1);
        break;
      case 'other':
        break;
      default:
        put(node.body, depth + 1);
    }
  }
  return deepest;
}

function convert(script: ParsedScript, text: string): ShellScript {
  return { text, body: list(script.commands, text) };
}

const spanOf = (node: { readonly pos: number; readonly end: number }): Span => ({ start: node.pos, end: node.end });

function list(statements: readonly Statement[], text: string): ShellNode | null {
  const items = statements.map((statement): ShellNode => {
    const body = node(statement.command, text);
    return statement.background ? { kind: 'background', body, span: body.span } : body;
  });
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return null;
  return items.length === 1
    ? first
    : { kind: 'sequence', items, span: { start: first.span.start, end: last.span.end } };
}

const inner = (body: CompoundList, text: string): ShellNode =>
  list(body.commands, text) ?? { kind: 'sequence', items: [], span: spanOf(body) };

function node(source: Source, text: string): ShellNode {
  switch (source.type) {
    case 'AndOr': {
      const [first, ...rest] = source.commands;
      return rest.reduce<ShellNode>(
        (left, next, index) => {
          const right = node(next, text);
          return {
            kind: source.operators[index] === '&&' ? 'and' : 'or',
            left,
            right,
            span: { start: left.span.start, end: right.span.end },
          };
        },
        node(first as Source, text),
      );
    }
    case 'Pipeline': {
      const items = source.commands.map((item) => node(item, text));
      const negated = source.prefixes.some((prefix) => prefix.type === 'Negation');
      return items.length === 1 && !negated
        ? (items[0] as ShellNode)
        : { kind: 'pipeline', items, negated, span: spanOf(source) };
    }
    case 'Command':
      return command(source, text);
    case 'Redirected': {
      const body = node(source.command, text);
      const redirects = source.redirects.map((one) => redirect(one, text));
      return { kind: 'group', body, redirects, span: spanOf(source) };
    }
    case 'Function':
      return {
        kind: 'function',
        name: source.name.value,
        body: source.body.type === 'CompoundList' ? inner(source.body, text) : node(source.body, text),
        span: spanOf(source),
      };
    case 'Coproc':
      return { kind: 'other', raw: text.slice(source.pos, source.end), span: spanOf(source) };
    default:
      return compound(source, text);
  }
}

function compound(source: CompoundCommand, text: string): ShellNode {
  const span = spanOf(source);
  switch (source.type) {
    case 'If':
      return {
        kind: 'if',
        branches: [source, ...source.elif].map((branch) => ({
          test: inner(branch.clause, text),
          body: inner(branch.then, text),
        })),
        otherwise: source.else === undefined ? null : inner(source.else, text),
        span,
      };
    case 'For':
      return {
        kind: 'for',
        name: source.name.value,
        items: source.wordlist?.map((item) => word(item, text)) ?? null,
        body: inner(source.body, text),
        span,
      };
    case 'While':
      return { kind: source.kind, test: inner(source.clause, text), body: inner(source.body, text), span };
    case 'Subshell':
      return { kind: 'subshell', body: inner(source.body, text), redirects: [], span };
    case 'BraceGroup':
      return { kind: 'group', body: inner(source.body, text), redirects: [], span };
    case 'Case':
      return {
        kind: 'case',
        subject: word(source.word, text),
        branches: source.items.map((item) => ({
          patterns: item.pattern.map((pattern) => word(pattern, text)),
          body: list(item.body.commands, text),
        })),
        span,
      };
    case 'TestCommand':
      return {
        kind: 'command',
        words: [literal('[[', span), ...testWords(source.expression, text), literal(']]', span)],
        assignments: [],
        redirects: [],
        span,
      };
    case 'ArithmeticFor':
    case 'Select':
      return {
        kind: 'for',
        name: source.type === 'Select' ? source.name.value : '',
        items: null,
        body: inner(source.body, text),
        span,
      };
    default:
      return { kind: 'other', raw: text.slice(source.pos, source.end), span };
  }
}

const literal = (value: string, span: Span): ShellWord => ({
  span,
  raw: value,
  parts: [{ kind: 'text', value, quoted: true }],
});

/** `[[ … ]]` in the words of `test`: `&&` is `-a`, `||` is `-o`. */
function testWords(source: TestExpression, text: string): ShellWord[] {
  const span = spanOf(source);
  switch (source.type) {
    case 'TestUnary':
      return [literal(source.operator, span), word(source.operand, text)];
    case 'TestBinary':
      return [word(source.left, text), literal(source.operator, span), word(source.right, text)];
    case 'TestLogical':
      return source.operands.flatMap((operand, index) => [
        ...(index === 0 ? [] : [literal(source.operator === '&&' ? '-a' : '-o', span)]),
        ...testWords(operand, text),
      ]);
    case 'TestNot':
      return [...source.negations.map(() => literal('!', span)), ...testWords(source.operand, text)];
    default:
      return [literal('(', span), ...testWords(source.expression, text), literal(')', span)];
  }
}

function command(source: Command, text: string): ShellNode {
  const assignments: ShellAssignment[] = source.prefix.flatMap((part) =>
    part.type === 'Assignment'
      ? [
          {
            name: part.name,
            value: part.value.type === 'Word' ? word(part.value, text) : null,
            elements: part.value.type === 'Word' ? null : part.value.elements.map((one) => word(one, text)),
            append: part.append === true,
            span: spanOf(part),
          },
        ]
      : [],
  );
  const words: ShellWord[] = source.name === undefined ? [] : [word(source.name, text)];
  for (const part of source.args)
    words.push(part.type === 'Word' ? word(part, text) : argument(part.text, part.pos, text, part));
  return {
    kind: 'command',
    words,
    assignments,
    redirects: source.redirects.map((one) => redirect(one, text)),
    span: spanOf(source),
  };
}

/** `export X=1`, `make PREFIX=/usr`: an assignment among the arguments is a word like any other. */
function argument(
  raw: string,
  pos: number,
  text: string,
  part: {
    readonly name: string;
    readonly append: boolean | undefined;
    readonly value: { readonly type: string };
    readonly end: number;
  },
): ShellWord {
  const value = part.value as Word;
  const head: WordPart = { kind: 'text', value: `${part.name}${part.append ? '+' : ''}=`, quoted: false };
  return {
    span: { start: pos, end: part.end },
    raw,
    parts: value.type === 'Word' ? [head, ...word(value, text).parts] : [head, { kind: 'other', raw }],
  };
}

function redirect(source: Redirection, text: string): ShellRedirect {
  const descriptor = source.descriptor?.type === 'FileDescriptor' ? source.descriptor.value : null;
  if (source.type === 'HereDoc') {
    const { text: raw, parts } = source.body;
    const isQuoted = source.delimiter?.quoted === true;
    return {
      operator: source.operator,
      descriptor,
      target: null,
      // https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_07_04
      heredoc: isQuoted || parts !== undefined ? raw : raw.replace(/\\\n/g, '').replace(/\\([$`\\])/g, '$1'),
      expanded:
        isQuoted || parts === undefined
          ? null
          : { span: spanOf(source.body), raw, parts: parts.flatMap((part) => partsOf(part, text, true)) },
      span: spanOf(source),
    };
  }
  return {
    operator: source.operator,
    descriptor,
    target: source.target === undefined ? null : word(source.target, text),
    heredoc: null,
    expanded: null,
    span: spanOf(source),
  };
}

function word(source: Word, text: string): ShellWord {
  const parts =
    source.parts === undefined
      ? [{ kind: 'text', value: source.value, quoted: source.value !== source.text } as const]
      : source.parts.flatMap((part) => partsOf(part, text, false));
  return { span: spanOf(source), raw: source.text, parts };
}

function partsOf(part: SourcePart, text: string, quoted: boolean): WordPart[] {
  switch (part.type) {
    case 'Literal':
      return [{ kind: 'text', value: part.value, quoted }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ kind: 'text', value: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0
        ? [{ kind: 'text', value: '', quoted: true }]
        : part.parts.flatMap((child) => partsOf(child, text, true));
    case 'SimpleExpansion':
      return [{ kind: 'variable', name: part.text.slice(1), operator: null, operand: null, quoted }];
    case 'ParameterExpansion': {
      const { operation } = part;
      // A bash array by its name is its first item.
      const isFirst = part.parameter === 'BASH_SOURCE' && typeof part.index === 'object' && part.index.text === '0';
      if (part.prefix !== undefined || (part.index !== undefined && !isFirst))
        return [{ kind: 'other', raw: part.text }];
      if (operation === undefined)
        return [{ kind: 'variable', name: part.parameter, operator: null, operand: null, quoted }];
      if (operation.type === 'Default' || operation.type === 'Remove')
        return [
          {
            kind: 'variable',
            name: part.parameter,
            operator: operation.operator,
            operand: word(operation.operand, text),
            quoted,
          },
        ];
      if (operation.type === 'Replace' && /^\/\/?$/.test(operation.operator)) {
        const pattern = word(operation.pattern, text);
        const operand: ShellWord = {
          span: pattern.span,
          raw: part.text,
          parts: [...pattern.parts, ...literal('/', pattern.span).parts, ...word(operation.replacement, text).parts],
        };
        return pattern.raw.includes('/')
          ? [{ kind: 'other', raw: part.text }]
          : [{ kind: 'variable', name: part.parameter, operator: operation.operator, operand, quoted }];
      }
      return [{ kind: 'other', raw: part.text }];
    }
    case 'CommandExpansion':
      return [
        {
          kind: 'command',
          script: part.script === undefined ? null : convert(part.script, text),
          raw: part.text,
          quoted,
        },
      ];
    case 'Glob':
    case 'BraceExpansion':
      return [{ kind: 'glob', text: part.text }];
    default:
      return [{ kind: 'other', raw: part.text }];
  }
}
