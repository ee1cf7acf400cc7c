/** What keeps the gate from being wrong, with rules made for the purpose. */
package io.portcullis.judge;
