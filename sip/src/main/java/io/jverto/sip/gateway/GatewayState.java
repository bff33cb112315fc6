package io.jverto.sip.gateway;

/// How far a gateway's registration is. States of sip.md section 4 in which no time passes are left out.
public enum GatewayState {
    /// To be registered at once.
    UNREGED,
    /// REGISTER is on its way.
    TRYING,
    /// Registered.
    REGED,
    /// It failed; the next attempt comes later.
    FAIL_WAIT,
    /// Unregistered because somebody wanted that.
    DOWN,
    /// Without registration, by its configuration.
    NOREG
}
