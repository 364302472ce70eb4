/** A rule of the diagnosis: one cause of failed handshakes, with its test and all its words; one file of `rules/`. */
import type { View } from "./view.ts";

/**
 * How sure a finding is. `certain`: the capture shows it, or the working handshake proves it and nothing else can explain the
 * end. `likely`: what is seen fits this cause better than any other. `possible`: it fits, and other causes fit as well.
 */
export type Confidence = "certain" | "likely" | "possible";

/** Which of the two captures; a single capture is the left one. */
export type CaptureSide = "left" | "right";

/** One observation on which a finding rests. */
export interface Evidence {
  readonly side: CaptureSide;
  /** The packet that shows it; 0 if it is not a single packet. */
  readonly packet: number;
  readonly text: string;
}

/** Whom a fix is for: a side, the network between, a client stack, or a server program. */
export type Place =
  | "server"
  | "client"
  | "path"
  | "go"
  | "python"
  | "node"
  | "java"
  | "openssl"
  | "dotnet"
  | "rustls"
  | "gnutls"
  | "nss"
  | "boringssl"
  | "nginx"
  | "apache"
  | "postfix"
  | "haproxy"
  | "iis";

/** One way to fix it. */
export interface Fix {
  readonly where: Place;
  readonly text: string;
  /** Where it is documented: a URL or an RFC. */
  readonly source: string;
  /** The first version of the stack for which it works: `1.22`. */
  readonly from?: string;
  /** The first version for which it no longer works. */
  readonly before?: string;
}

/**
 * The result of trying a fix on the failing hello: with it, the server's choice would have been `acceptable`, or would still have been
 * `refused`; `unknown` if it could not be tried.
 */
export type FixCheck = "acceptable" | "refused" | "unknown";

/** A fix as it is reported. */
export interface ToldFix extends Pick<Fix, "where" | "text" | "source"> {
  /** Absent if it does not change what the client sends. */
  readonly checked?: FixCheck;
}

/** An error text that people see when they are affected by a cause. */
export interface Symptom {
  readonly stack: string;
  readonly text: string;
}

/** What a rule found. */
export interface Claim {
  readonly confidence: Confidence;
  /** One sentence that names the cause and the value, without its full stop. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
}

/** The words about a cause besides its title. */
export interface RuleWords {
  /** Error texts of affected stacks. */
  readonly symptoms: readonly Symptom[];
  /** Why it happens, in plain sentences. */
  readonly cause: string;
  /** What must be seen to be sure. */
  readonly proof: string;
  /** What would show that it is not the cause. */
  readonly disproof: string;
  /** The secure ones first, those for the server before those for clients. */
  readonly fixes: readonly Fix[];
  readonly references: readonly string[];
}

/** One cause. */
export interface Rule {
  /** Kebab-case, as the JSON names it; the file has the same name. */
  readonly id: string;
  /** The cause in a few words. */
  readonly title: string;
  /** The rest of its words. A function, so that it need not even be compiled for rules that are not reported: a run reports one or two. */
  readonly words: () => RuleWords;
  /** Ids of weaker rules whose findings this one explains: they are not reported beside it. */
  readonly explains?: readonly string[];
  /** Says little more than how the handshake ended: only reported if no other rule finds anything. */
  readonly isFallback?: true;
  /** Depends on what the hello lacks: not applied if the capture has only part of the hello. */
  readonly needsWholeHello?: true;
  /** Looks for the cause; `undefined` if it is not found, or the handshake lacks what is needed to tell. */
  readonly check: (view: View) => Claim | undefined;
}

/** A finding as it is reported, and as it is in the JSON. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly side: CaptureSide;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly disproof: string;
  /** The fixes for the stacks seen; all of them if all were asked for. */
  readonly fixes: readonly ToldFix[];
}
