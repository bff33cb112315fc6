/// What a first start makes and every start finds: the data folder, its certificates, the password.
@org.jspecify.annotations.NullMarked
package io.jverto.server.startup;
