import kafkajs, { type Cluster } from 'kafkajs';
import { coPartitionedAssigner } from './co-partitioned-assigner.js';

const { MemberAssignment } = kafkajs.AssignerProtocol;

describe('the co-partitioned assigner', () => {
  const assigner = coPartitionedAssigner({
    cluster: {
      findTopicPartitionMetadata: () => [0, 1, 2, 3].map((partitionId) => ({ partitionId })),
    } as unknown as Cluster,
    groupId: 'order',
    logger: {} as never,
  });
  const member = (memberId: string, topics: string[]) => ({
    memberId,
    memberMetadata: assigner.protocol({ topics }).metadata,
  });
  const assign = async (members: ReturnType<typeof member>[], topics: string[]) =>
    Object.fromEntries(
      (await assigner.assign({ members, topics })).map(({ memberId, memberAssignment }) => [
        memberId,
        { ...MemberAssignment.decode(memberAssignment)?.assignment },
      ]),
    );

  it('gives partition n of every topic to the same member, whatever the order in which members are listed', async () => {
    const topics = ['payments', 'sessions'];
    const members = ['c', 'a', 'b'].map((id) => member(id, topics));
    const expected = {
      a: { payments: [0, 3], sessions: [0, 3] },
      b: { payments: [1], sessions: [1] },
      c: { payments: [2], sessions: [2] },
    };
    await expect(assign(members, topics)).resolves.toEqual(expected);
    await expect(assign(members.toReversed(), topics)).resolves.toEqual(expected);
  });

  it('gives a member without partitions an empty assignment', async () => {
    const members = ['a', 'b', 'c', 'd', 'e'].map((id) => member(id, ['payments']));
    await expect(assign(members, ['payments'])).resolves.toMatchObject({ d: { payments: [3] }, e: {} });
  });

  it('gives a topic to its subscribers alone while a deployment rolls', async () => {
    const members = [member('a', ['payments']), member('b', ['payments', 'sessions'])];
    await expect(assign(members, ['payments', 'sessions'])).resolves.toEqual({
      a: { payments: [0, 2] },
      b: { payments: [1, 3], sessions: [0, 1, 2, 3] },
    });
  });
});
