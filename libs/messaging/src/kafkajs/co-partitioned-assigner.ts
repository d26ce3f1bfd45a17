import kafkajs, { type GroupMember, type PartitionAssigner } from 'kafkajs';

const { MemberMetadata, MemberAssignment } = kafkajs.AssignerProtocol;
const name = 'KasirCoPartitionedAssigner';
const version = 0;
const userData = Buffer.alloc(0);

/**
 * Gives partition n of every topic to the same member: an order has the same partition number on all topics of the same size, so
 * that the members of a service do not meet on an order. While a deployment rolls, a topic is shared by those who subscribe to it.
 */
export const coPartitionedAssigner: PartitionAssigner = ({ cluster }) => ({
  name,
  version,

  assign({ members, topics }) {
    const sorted = members.toSorted((left, right) => (left.memberId < right.memberId ? -1 : 1));
    const assignments = new Map(sorted.map(({ memberId }) => [memberId, {} as Record<string, number[]>]));
    for (const topic of topics) {
      const subscribers = sorted.filter((member) => subscribesTo(member, topic));
      for (const { partitionId } of cluster.findTopicPartitionMetadata(topic)) {
        const member = subscribers[partitionId % subscribers.length];
        if (member !== undefined) (assignments.get(member.memberId)![topic] ??= []).push(partitionId);
      }
    }
    return Promise.resolve(
      [...assignments].map(([memberId, assignment]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({ version, assignment, userData }),
      })),
    );
  },

  protocol: ({ topics }) => ({ name, metadata: MemberMetadata.encode({ version, topics, userData }) }),
});

const subscribesTo = ({ memberMetadata }: GroupMember, topic: string): boolean =>
  MemberMetadata.decode(memberMetadata)?.topics.includes(topic) === true;
