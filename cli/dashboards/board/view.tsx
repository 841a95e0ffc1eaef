// Draws the lines that the layout made, each in its style. It decides nothing.
import { Box, Text } from 'ink';
import type { Line } from './line.ts';

export function BoardView({ lines }: { lines: readonly Line[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Text key={row} wrap="truncate">
          {line.map(({ text, color, dim, inverse }, piece) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line.
            <Text key={piece} {...(color && { color })} dimColor={dim ?? false} inverse={inverse ?? false}>
              {text}
            </Text>
          ))}
        </Text>
      ))}
    </Box>
  );
}
