/** Values of networking, by tables of cases and by their algebra. */
package io.portcullis.net;
