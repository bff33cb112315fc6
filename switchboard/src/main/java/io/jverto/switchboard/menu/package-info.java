/// What callers are asked by digits: how digits are collected, and menus.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.menu;
