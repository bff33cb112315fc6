package io.jverto.sip.message;

import io.jverto.base.Broken;

/// What a request asks for. Upper and lower case differ (RFC 3261 section 7.1).
public record SipMethod(String name) {
    public static final SipMethod INVITE = new SipMethod("INVITE");
    public static final SipMethod ACK = new SipMethod("ACK");
    public static final SipMethod BYE = new SipMethod("BYE");
    public static final SipMethod CANCEL = new SipMethod("CANCEL");
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");
    public static final SipMethod REGISTER = new SipMethod("REGISTER");
    public static final SipMethod PRACK = new SipMethod("PRACK");
    public static final SipMethod UPDATE = new SipMethod("UPDATE");
    public static final SipMethod INFO = new SipMethod("INFO");
    public static final SipMethod REFER = new SipMethod("REFER");
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");

    public SipMethod {
        if (!Cursor.isToken(name)) {
            throw new Broken("a method is a token");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
