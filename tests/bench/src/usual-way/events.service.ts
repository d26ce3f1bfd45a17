import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { topicOf } from './settings.js';

/** Emits an event after the commit that it belongs to. A crash in between loses it, as it does in most services that are written so. */
@Injectable()
export class EventsService implements OnApplicationBootstrap {
  constructor(@Inject('KAFKA') private readonly client: ClientKafka) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.client.connect();
  }

  async emit(topic: string, type: string, key: string, value: object): Promise<void> {
    const message = { key, value, headers: { ce_type: type } };
    await lastValueFrom(this.client.emit(topicOf(topic), message), { defaultValue: undefined });
  }
}
