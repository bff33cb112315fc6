package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.Hop;

/// Refuses every call: for a server whose profiles register, and do no more.
public record NoCalls(Profile profile) implements CallOwner {
    @Override
    public void incoming(CallId call, SipRequest invite, Hop from, Caller caller) {
        profile.run((nowNanos, agent, out) -> agent.hangUp(nowNanos, call, 480, Headers.NONE, out));
    }

    @Override
    public void progress(CallId call, SipResponse response) {
        // there is no call
    }

    @Override
    public void answered(CallId call, SipResponse response) {
        // there is no call
    }

    @Override
    public void acknowledged(CallId call, Body body) {
        // there is no call
    }

    @Override
    public void offered(CallId call, Body offer) {
        // there is no call
    }

    @Override
    public void settled(CallId call, int status, Body answer) {
        // there is no call
    }

    @Override
    public void agreed(CallId call, Body answer) {}

    @Override
    public void refreshed(CallId call, Body answer) {
        // there is no call
    }

    @Override
    public void told(CallId call, SipRequest request) {
        // there is no call
    }

    @Override
    public void referred(CallId call, ReferId refer, NameAddr to, SipRequest request) {
        // there is no call
    }

    @Override
    public void referProgress(CallId call, int status, boolean over) {
        // there is no call
    }

    @Override
    public void ended(CallId call, CallEnd end) {
        // nothing is kept of it
    }
}
