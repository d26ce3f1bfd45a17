import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { InjectRepository } from '@nestjs/typeorm';
import { lastValueFrom } from 'rxjs';
import { Column, CreateDateColumn, Entity, type EntityManager, LessThan, PrimaryColumn, Repository } from 'typeorm';
import { topicOf } from './settings.js';

@Entity()
export class OutboxMessage {
  @PrimaryColumn('text') id!: string;
  @Column('text') topic!: string;
  @Column('jsonb') message!: { readonly key: string; readonly value: object; readonly headers: { ce_type: string } };
  @CreateDateColumn({ type: 'timestamptz' }) createdAt!: Date;
}

/** Emits messages after the commit that they belong to, and later those whose process ended in between. */
@Injectable()
export class OutboxService implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(OutboxMessage) private readonly outbox: Repository<OutboxMessage>,
    @Inject('KAFKA') private readonly client: ClientKafka,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.client.connect();
    const warn = (error: unknown) => new Logger(OutboxService.name).warn(error);
    setInterval(() => void this.sweep().catch(warn), 5_000).unref();
  }

  add(manager: EntityManager, id: string, topic: string, type: string, key: string, value: object) {
    return manager.save(OutboxMessage, { id, topic, message: { key, value, headers: { ce_type: type } } });
  }

  async send({ id, topic, message }: OutboxMessage): Promise<void> {
    await lastValueFrom(this.client.emit(topicOf(topic), { ...message }), { defaultValue: undefined });
    await this.outbox.delete(id);
  }

  private async sweep(): Promise<void> {
    const before = LessThan(new Date(Date.now() - 5_000));
    for (const message of await this.outbox.findBy({ createdAt: before })) await this.send(message);
  }
}
