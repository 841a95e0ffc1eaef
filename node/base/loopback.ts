// Whether a call comes from the node's own machine.
import type { FastifyRequest } from 'fastify';

export const isLoopback = ({ ip }: FastifyRequest): boolean => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
