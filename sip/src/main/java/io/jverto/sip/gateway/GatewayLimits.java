package io.jverto.sip.gateway;

/// How many calls of ours go out over a gateway (attack S31, toll fraud). 0 stands for no limit.
///
/// @param calls at once, over this gateway
/// @param callsPerSecond that begin, over this gateway
/// @param userCalls at once, of one user over all gateways
/// @param userCallsPerMinute that begin, of one user over this gateway
public record GatewayLimits(int calls, int callsPerSecond, int userCalls, int userCallsPerMinute) {}
