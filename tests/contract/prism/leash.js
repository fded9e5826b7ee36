// Loaded into Prism: it ends when its standard input does, which is when the program that started
// it is gone, however that came about.
process.stdin.on('end', () => process.exit()).resume();
