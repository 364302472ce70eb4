/** What a rule of the diagnosis is: one cause of failed handshakes, with its test and all its words; one file of `rules/`. */
import type { View } from "./view.ts";

/**
 * How sure a finding is. `certain`: the capture shows it, or the working handshake proves it and nothing else can explain the
 * end. `likely`: what is seen fits this cause better than any other. `possible`: it fits, and other causes fit as well.
 */
export type Confidence = "certain" | "likely" | "possible";

/** Which of the two captures; a capture that was explained alone is the left one. */
export type CaptureSide = "left" | "right";

/** One observation on which a finding rests. */
export interface Evidence {
  readonly side: CaptureSide;
  /** The packet that shows it; 0 where it is not one packet. */
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

/** One way to mend it. */
export interface Fix {
  readonly where: Place;
  readonly text: string;
  /** Where it is documented: a URL or an RFC. */
  readonly source: string;
  /** The first version of the stack for which it works: `1.22`. */
  readonly from?: string;
  /** The first version for which it does not work any more. */
  readonly before?: string;
}

/**
 * What came of trying a fix on the failing hello: with it the server's choice would have been `acceptable`, or would still be
 * `refused`; `unknown` where it could not be tried.
 */
export type FixCheck = "acceptable" | "refused" | "unknown";

/** A fix as it is told. */
export interface ToldFix extends Pick<Fix, "where" | "text" | "source"> {
  /** Absent where it changes nothing that the client sends. */
  readonly checked?: FixCheck;
}

/** The error text by which somebody meets a cause. */
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

/** What is told of a cause beside its title. */
export interface RuleWords {
  /** Error texts of stacks that meet it. */
  readonly symptoms: readonly Symptom[];
  /** Why it happens: plain sentences. */
  readonly cause: string;
  /** What must be seen to be sure. */
  readonly proof: string;
  /** What would show that it is not so. */
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
  /** The rest of its words. Of all rules a run tells one or two: what is a function is not even compiled for the others. */
  readonly words: () => RuleWords;
  /** Ids of weaker rules whose findings this one explains: they are not told beside it. */
  readonly explains?: readonly string[];
  /** Says little more than how it ended: told only where no other rule finds anything. */
  readonly isFallback?: true;
  /** Rests on what the hello lacks: not asked where the capture holds only part of it. */
  readonly needsWholeHello?: true;
  /** Looks for the cause; silent where what it needs is not there. */
  readonly check: (view: View) => Claim | undefined;
}

/** A finding as it is told and stands in the JSON. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly side: CaptureSide;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly disproof: string;
  /** Those that concern the stacks seen; every one where all were asked for. */
  readonly fixes: readonly ToldFix[];
}
