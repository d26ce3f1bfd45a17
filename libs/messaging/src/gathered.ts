interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Makes one call of many: what is asked before the present turn of work comes to its end is answered together, so that
 * several pieces of work in one transaction cost as many statements as one of them.
 * @param answerAll answers in the order of what was asked; undefined where there is nothing to answer
 */
export function gathered<Asked, Answer = undefined>(
  answerAll: (asked: readonly Asked[]) => Promise<readonly Answer[] | undefined>,
): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = [];

  const settle = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      const answers = await answerAll(group.map(({ asked }) => asked));
      group.forEach(({ answer }, place) => answer(answers?.[place] as Answer));
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  };

  return (asked) =>
    new Promise((answer, fail) => {
      waiting.push({ asked, answer, fail });
      if (waiting.length === 1) process.nextTick(() => void settle());
    });
}
