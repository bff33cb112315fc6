package io.jverto.media.plan;

/// What a transport needs to know of its peer: how its packets get there, and what secures them.
public sealed interface TransportPlan permits IcePlan, DirectPlan {}
