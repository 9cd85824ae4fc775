import { expect, test } from 'vitest';
import { saysWho } from './says-who.ts';

test.each<[string, boolean]>([
  ['Тұрақты айқын функционалдық бұзылыстар, өзіне-өзі қызмет көрсету шектелген.', false],
  ['Стойкие выраженные нарушения функций кровообращения, ФК III, ФВ 38 %.', false],
  ['Стойкие умеренные нарушения; срок 12 месяцев, контроль через 6 месяцев.', false],
  ['ИИН 850101300123', true],
  ['Позвонить по номеру +7 701 123 45 67', true],
  ['Живёт: ул. Абая, д. 15, кв. 7', true],
  ['написать на doctor@mail.kz', true],
])('X04, PX-04: %s', (text, says) => {
  expect(saysWho(text)).toBe(says);
});
