/** Tests of the house as a whole. */
package io.portcullis;
