/** pubsub-js comes without types. */
declare module 'pubsub-js' {
  const PubSub: {
    subscribe(topic: string, subscriber: (topic: string, message: never) => void): string;
    publish(topic: string, message: unknown): boolean;
  };
  export default PubSub;
}
