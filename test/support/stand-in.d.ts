declare module '*/stand-in-railway.mjs' {
  export interface StandIn {
    readonly port: number;
    readonly volumes: Map<string, string>;
    readonly received: { method: string; path: string; body: string }[];
    readonly curlrc: string;
    reset(): void;
    stop(): Promise<void>;
  }
  export function startRailway(): Promise<StandIn>;
}
