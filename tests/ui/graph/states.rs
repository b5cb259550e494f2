// A sequence goes on from a named value that has the size of its state.
use cnn::network;

network! {
    pub struct Misspelt: 4x1x3 => gru(8, last) @start fc(8) reshape(1x1x8) gru(8, from = @stert);
    pub struct Later: 4x1x3 => gru(8, from = @end) gru(8, last) @end fc(2);
    pub struct Unmarked: (word: 4x1x3, start: 8) => @word gru(8, from = start);
    pub struct Positional: (word: 4x1x3, start: 8) => @word gru(8, @start);
    pub struct Elsewhere: (word: 4x1x3, start: 8) => @word conv(8, 1, s = @start);
    pub struct Short: (word: 4x1x3, start: 7) => @word rnn(8, from = @start);
    pub struct NoMemory: 4x1x3 => lstm(8, last) @end fc(8) reshape(1x1x8) lstm(8, from = @end);
    pub struct AllSteps: 4x1x3 => gru(8) @all gru(8, from = @all);
    pub struct Flattened: (word: 4x1x3, seen: 2x2x2) => cat[@seen flatten @start | @word gru(8, last, from = @start)];
    pub struct Both: 4x1x3 => lstm(8, last, state) fc(2);
}

fn main() {}
