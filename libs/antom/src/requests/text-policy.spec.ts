import { textProblem } from './text-policy.js';

describe('text that goes to banks', () => {
  it.each([
    ['English', "Cappuccino #grande (Mika's coffee shop)"],
    ['Thai with its vowels and tones', 'กาแฟเย็น ๑ แก้ว ฿๑๖๐'],
    ['Indonesian', 'Kopi tubruk – ukuran besar, café Rp 20.000'],
    ['letters with marks, in one piece or in two', 'Crème brûlée, Cre\u0300me'],
    ['prices', '€1, £2, ¥3, ₫4'],
    ['a dash, quotes and dots', '“two” – ‘three’ …'],
  ])('may be %s', (_, text) => {
    expect(textProblem(text)).toBeUndefined();
  });

  it.each([
    ['Chinese', '咖啡', 'U+5496'],
    ['Chinese among the rest', 'coffee 咖啡', 'U+5496'],
    ['Japanese', 'コーヒー', 'U+30B3'],
    ['Korean', '커피', 'U+CEE4'],
    ['Russian', 'кофе', 'U+043A'],
    ['Latin letters in Chinese width', 'ＡＢＣ', 'U+FF21'],
    ['a Chinese full stop', 'coffee。', 'U+3002'],
    ['an emoji', 'coffee ☕', 'U+2615'],
    ['an emoji of two halves', 'coffee 😀', 'U+1F600'],
    ['half a letter', 'a\ud800', 'U+D800'],
    ['invisible letters', 'a\u200bb', 'U+200B'],
  ])('may not be %s', (_, text, codePoint) => {
    expect(textProblem(text)).toContain(codePoint);
  });
});
